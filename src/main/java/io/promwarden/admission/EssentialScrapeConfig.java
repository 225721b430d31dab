package io.promwarden.admission;

import static io.promwarden.admission.EssentialSchemas.discovery;
import static io.promwarden.admission.EssentialSchemas.filled;
import static io.promwarden.admission.EssentialSchemas.keyed;
import static io.promwarden.admission.EssentialSchemas.list;
import static io.promwarden.admission.EssentialSchemas.matching;
import static io.promwarden.admission.EssentialSchemas.merged;
import static io.promwarden.admission.EssentialSchemas.object;
import static io.promwarden.admission.EssentialSchemas.oneOf;
import static io.promwarden.admission.EssentialSchemas.secret;
import static io.promwarden.admission.EssentialSchemas.set;
import static io.promwarden.admission.EssentialSchemas.web;
import static io.promwarden.admission.EssentialSchemas.with;

import java.util.List;
import java.util.Map;

/** The essentials of a ScrapeConfig, section by section. */
final class EssentialScrapeConfig {

    private static final Map<String, Object> SOME = Map.of("minItems", 1);
    private static final Map<String, Object> ADDRESS = matching("^[a-zA-Z][a-zA-Z0-9+.-]*://.+$");
    private static final Map<String, Object> KUBERNETES_ROLE =
            oneOf("Pod", "Endpoints", "Ingress", "Service", "Node", "EndpointSlice");

    private EssentialScrapeConfig() {}

    static Map<String, Object> spec() {
        Map<String, Object> spec = with(EssentialSchemas.scraping(), object(List.of(), sections()));
        return merged(
                spec,
                Map.of(
                        "x-kubernetes-validations",
                        List.of(Map.of(
                                "rule",
                                "[has(self.basicAuth), has(self.authorization), has(self.oauth2)].filter(x, x).size()"
                                        + " <= 1",
                                "message",
                                "only one of basicAuth, authorization and oauth2 may be set"))));
    }

    private static Object[] sections() {
        return new Object[] {
            "staticConfigs", list(object(List.of("targets"), "targets", merged(set(filled()), SOME))),
            "fileSDConfigs",
                    list(discovery(
                            List.of("files"),
                            "files",
                            merged(set(matching("^[^*]*(\\*[^/]*)?\\.(json|yml|yaml|JSON|YML|YAML)$")), SOME))),
            "httpSDConfigs", list(discovery(List.of("url"), "url", web())),
            "kubernetesSDConfigs", list(kubernetes()),
            "consulSDConfigs", list(discovery(List.of("server"), "server", filled(), "tokenRef", secret())),
            "dnsSDConfigs",
                    list(discovery(
                            List.of("names"),
                            "names",
                            merged(list(filled()), SOME),
                            "type",
                            oneOf("A", "AAAA", "MX", "NS", "SRV"))),
            "ec2SDConfigs",
                    list(discovery(List.of(), "accessKey", secret(), "secretKey", secret(), "filters", filters())),
            "azureSDConfigs",
                    list(discovery(
                            List.of("subscriptionID"),
                            "subscriptionID",
                            filled(),
                            "clientSecret",
                            secret(),
                            "authenticationMethod",
                            oneOf("OAuth", "ManagedIdentity", "SDK", "WorkloadIdentity"))),
            "gceSDConfigs", list(discovery(List.of("project", "zone"), "project", filled(), "zone", filled())),
            "openstackSDConfigs",
                    list(discovery(
                            List.of("region", "role"),
                            "region",
                            filled(),
                            "role",
                            oneOf("Instance", "Hypervisor", "LoadBalancer"),
                            "password",
                            secret(),
                            "applicationCredentialSecret",
                            secret(),
                            "identityEndpoint",
                            web())),
            "digitalOceanSDConfigs", list(discovery(List.of())),
            "kumaSDConfigs", list(discovery(List.of("server"), "server", web())),
            "eurekaSDConfigs", list(discovery(List.of("server"), "server", web())),
            "dockerSDConfigs", list(discovery(List.of("host"), "host", ADDRESS, "filters", filters())),
            "dockerSwarmSDConfigs",
                    list(discovery(
                            List.of("host", "role"),
                            "host",
                            ADDRESS,
                            "role",
                            oneOf("Services", "Tasks", "Nodes"),
                            "filters",
                            filters())),
            "linodeSDConfigs", list(discovery(List.of())),
            "hetznerSDConfigs", list(discovery(List.of("role"), "role", oneOf("hcloud", "Hcloud", "robot", "Robot"))),
            "nomadSDConfigs", list(discovery(List.of("server"), "server", web())),
            "puppetDBSDConfigs", list(discovery(List.of("query", "url"), "query", filled(), "url", web())),
            "lightSailSDConfigs", list(discovery(List.of(), "accessKey", secret(), "secretKey", secret())),
            "ovhcloudSDConfigs",
                    list(discovery(
                            List.of("applicationKey", "applicationSecret", "consumerKey", "service"),
                            "applicationKey",
                            filled(),
                            "applicationSecret",
                            secret(),
                            "consumerKey",
                            secret(),
                            "service",
                            oneOf("VPS", "DedicatedServer"))),
            "scalewaySDConfigs",
                    list(discovery(
                            List.of("accessKey", "projectID", "role", "secretKey"),
                            "accessKey",
                            filled(),
                            "projectID",
                            filled(),
                            "role",
                            oneOf("Instance", "Baremetal"),
                            "secretKey",
                            secret(),
                            "tagsFilter",
                            merged(set(filled()), SOME))),
            "ionosSDConfigs", list(discovery(List.of("authorization", "datacenterID"), "datacenterID", filled())),
        };
    }

    private static Map<String, Object> kubernetes() {
        Map<String, Object> selector = object(List.of("role"), "role", KUBERNETES_ROLE);
        return discovery(List.of("role"), "role", KUBERNETES_ROLE, "selectors", keyed(selector, "role"));
    }

    private static Map<String, Object> filters() {
        return keyed(
                object(List.of("name", "values"), "name", filled(), "values", merged(set(filled()), SOME)), "name");
    }
}
