package io.promwarden.admission;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * One line a case: kind, Prometheus version, operator version (- is the newest), the spec in YAML, and what is expected: the
 * fields that are dropped of an accepted object, or the code and path of a rejection. A version has its case on both sides.
 */
class DerivedCasesTest {

    private static final String CASES = """
            sm | 2.16.0 | - | {selector: {}, selectorMechanism: RoleSelector, endpoints: []} | MECHANISM spec.selectorMechanism
            sm | 2.17.0 | - | {selector: {}, selectorMechanism: RoleSelector, endpoints: []} | ok
            sm | 3.1.0 | - | {selector: {matchLabels: {a/b/c: x}}, endpoints: []} | SELECTOR spec.selector.matchLabels[a/b/c]
            sm | 3.1.0 | - | {selector: {matchExpressions: [{key: a, operator: In}]}, endpoints: []} | SELECTOR spec.selector.matchExpressions[0].values
            sm | 3.1.0 | - | {selector: {matchExpressions: [{key: a, operator: NotIn, values: ['']}]}, endpoints: []} | ok
            sm | 3.1.0 | 0.87.0 | {endpoints: [{basicAuth: BASIC, authorization: AUTHZ}]} | ok
            sm | 3.1.0 | 0.88.0 | {endpoints: [{basicAuth: BASIC, authorization: AUTHZ}]} | AUTH-XOR spec.endpoints[0].basicAuth
            sm | 3.1.0 | - | {endpoints: [{bearerTokenSecret: {}, oauth2: {}}]} | AUTH-XOR spec.endpoints[0].oauth2
            sm | 3.1.0 | - | {endpoints: [{authorization: {type: Basic, credentials: {name: auth, key: token}}}]} | AUTH spec.endpoints[0].authorization.type
            sm | 3.1.0 | 0.87.0 | {endpoints: [{authorization: {}}]} | ok
            sm | 3.1.0 | 0.88.0 | {endpoints: [{authorization: {}}]} | AUTH spec.endpoints[0].authorization.credentials
            sm | 3.1.0 | - | {endpoints: [{basicAuth: {password: {name: auth, key: token}}}]} | REF spec.endpoints[0].basicAuth.username
            sm | 3.1.0 | - | {endpoints: [{bearerTokenSecret: {name: '', key: x}}]} | ok
            sm | 3.1.0 | - | {endpoints: [{bearerTokenSecret: {name: auth, key: x, optional: true}}]} | REF spec.endpoints[0].bearerTokenSecret
            pm | 3.1.0 | - | {selector: {}, podMetricsEndpoints: [{bearerTokenSecret: {name: auth, key: ''}}]} | ok
            pm | 3.1.0 | 0.85.0 | {selector: {}, podMetricsEndpoints: [{basicAuth: BASIC, authorization: AUTHZ}]} | ok
            pm | 3.1.0 | 0.86.0 | {selector: {}, podMetricsEndpoints: [{basicAuth: BASIC, authorization: AUTHZ}]} | AUTH-XOR spec.podMetricsEndpoints[0].basicAuth
            sm | 3.1.0 | - | {endpoints: [{oauth2: {tokenUrl: 'http://t', clientId: {secret: {name: auth, key: token}, configMap: {name: c, key: i}}, clientSecret: {name: auth, key: token}}}]} | OAUTH2 spec.endpoints[0].oauth2.clientId
            sm | 3.1.0 | - | {endpoints: [{oauth2: {tokenUrl: '', clientId: {secret: {name: auth, key: token}}, clientSecret: {name: auth, key: token}}}]} | OAUTH2 spec.endpoints[0].oauth2.tokenUrl
            sm | 3.1.0 | - | {endpoints: [{oauth2: {tokenUrl: 'http://t', clientId: {secret: {name: auth, key: token}}}}]} | REF spec.endpoints[0].oauth2.clientSecret
            sm | 3.1.0 | - | {endpoints: [{tlsConfig: {ca: {secret: {name: auth, key: token}, configMap: {name: c, key: i}}}}]} | TLS-SOC spec.endpoints[0].tlsConfig.ca
            sm | 3.1.0 | - | {endpoints: [{tlsConfig: {ca: {secret: {name: auth, key: token}}, caFile: /a}}]} | TLS-FILE spec.endpoints[0].tlsConfig.caFile
            sm | 3.1.0 | - | {endpoints: [{tlsConfig: {ca: {}, caFile: /a}}]} | ok
            sm | 3.1.0 | - | {endpoints: [{tlsConfig: {minVersion: TLS13, maxVersion: TLS12}}]} | TLS-VERSION spec.endpoints[0].tlsConfig.maxVersion
            sm | 3.1.0 | - | {endpoints: [{tlsConfig: {ca: {secret: {name: auth, key: token}}}}]} | TLS-DATA spec.endpoints[0].tlsConfig.ca
            pm | 2.34.0 | - | {podMetricsEndpoints: [{tlsConfig: {minVersion: TLS12, maxVersion: TLS13}}]} | drop maxVersion minVersion
            pm | 2.40.0 | - | {podMetricsEndpoints: [{tlsConfig: {minVersion: TLS12, maxVersion: TLS13}}]} | drop maxVersion
            pm | 2.41.0 | - | {podMetricsEndpoints: [{tlsConfig: {minVersion: TLS12, maxVersion: TLS13}}]} | ok
            sm | 2.42.0 | - | {endpoints: [{proxyUrl: 'http://p', noProxy: a}]} | drop noProxy
            sm | 2.43.0 | - | {endpoints: [{proxyUrl: 'http://p', noProxy: a}]} | ok
            sm | 3.1.0 | - | {endpoints: [{proxyFromEnvironment: false, proxyUrl: 'http://p'}]} | ok
            sm | 3.1.0 | - | {endpoints: [{proxyUrl: 'http://p:x'}]} | PROXY spec.endpoints[0].proxyUrl
            sm | 3.1.0 | - | {endpoints: [{proxyUrl: 'http://p', proxyConnectHeader: {H: [{}]}}]} | PROXY spec.endpoints[0].proxyConnectHeader[H][0]
            sm | 3.1.0 | - | {endpoints: [{scrapeTimeout: 31s}]} | TIMEOUT spec.endpoints[0].scrapeTimeout
            sm | 3.1.0 | - | {endpoints: [{interval: 1m, scrapeTimeout: 60s}]} | ok
            sm | 3.1.0 | - | {endpoints: [{interval: 1s1m, scrapeTimeout: 1s}]} | TIMEOUT spec.endpoints[0].scrapeTimeout
            sm | 2.40.0 | - | {endpoints: [{relabelings: [{action: KeepEqual, targetLabel: a}]}]} | RL-VERSION spec.endpoints[0].relabelings[0].action
            sm | 2.41.0 | - | {endpoints: [{relabelings: [{action: KeepEqual, targetLabel: a}]}]} | ok
            sm | 2.35.9 | - | {endpoints: [{relabelings: [{action: lowercase, targetLabel: a}]}]} | RL-VERSION spec.endpoints[0].relabelings[0].action
            sm | 2.36.0-rc.0 | - | {endpoints: [{relabelings: [{action: lowercase, targetLabel: a}]}]} | RL-VERSION spec.endpoints[0].relabelings[0].action
            sm | 2.36.0 | - | {endpoints: [{relabelings: [{action: lowercase, targetLabel: a}]}]} | ok
            sm | 3.1.0 | - | {endpoints: [{metricRelabelings: [{action: drop, regex: 'a{1001}'}]}]} | RL-REGEX spec.endpoints[0].metricRelabelings[0].regex
            sm | 3.1.0 | - | {endpoints: [{metricRelabelings: [{action: drop, regex: '(a{100}){11}'}]}]} | RL-REGEX spec.endpoints[0].metricRelabelings[0].regex
            sm | 3.1.0 | - | {endpoints: [{metricRelabelings: [{action: drop, regex: '(a{100}){10}(?P<n>x)(?<n>\\\\p{Letter})'}]}]} | ok
            sm | 3.1.0 | - | {endpoints: [{metricRelabelings: [{action: drop, regex: 'a)|(b'}]}]} | ok
            sm | 3.1.0 | - | {endpoints: [{metricRelabelings: [{action: drop, regex: '(?>a)'}]}]} | RL-REGEX spec.endpoints[0].metricRelabelings[0].regex
            sm | 3.1.0 | - | {endpoints: [{relabelings: [{action: hashmod, targetLabel: a}]}]} | RL-MODULUS spec.endpoints[0].relabelings[0].modulus
            sm | 3.1.0 | - | {endpoints: [{relabelings: [{}]}]} | RL-TARGET spec.endpoints[0].relabelings[0].targetLabel
            sm | 2.55.0 | - | {endpoints: [{relabelings: [{targetLabel: a.b}]}]} | RL-LABELNAME spec.endpoints[0].relabelings[0].targetLabel
            sm | 3.0.0 | - | {endpoints: [{relabelings: [{targetLabel: a.b}]}]} | ok
            sm | 2.55.0 | - | {endpoints: [{relabelings: [{targetLabel: 'x_${1}'}]}]} | RL-TEMPLATE spec.endpoints[0].relabelings[0].targetLabel
            sm | 2.55.0 | 0.85.0 | {endpoints: [{relabelings: [{targetLabel: 'x_${1}'}]}]} | ok
            sm | 2.55.0 | - | {endpoints: [{relabelings: [{action: labelmap, replacement: 'k_$1'}]}]} | ok
            sm | 2.55.0 | 0.86.0 | {endpoints: [{relabelings: [{action: labelmap, replacement: 'k_$1'}]}]} | RL-LABELMAP spec.endpoints[0].relabelings[0].replacement
            sm | 2.55.0 | 0.89.0 | {endpoints: [{relabelings: [{action: labelmap, replacement: 'k_$1'}]}]} | RL-LABELMAP spec.endpoints[0].relabelings[0].replacement
            sm | 2.55.0 | 0.90.0 | {endpoints: [{relabelings: [{action: labelmap, replacement: 'k_$1'}]}]} | ok
            sm | 3.1.0 | - | {endpoints: [{relabelings: [{action: uppercase, targetLabel: a, replacement: x}]}]} | RL-ONLY spec.endpoints[0].relabelings[0].replacement
            sm | 3.1.0 | - | {endpoints: [{relabelings: [{action: dropequal, targetLabel: a, regex: '.*'}]}]} | RL-ONLY spec.endpoints[0].relabelings[0].regex
            sm | 3.1.0 | - | {endpoints: [{relabelings: [{action: labeldrop, separator: ''}]}]} | RL-ONLY spec.endpoints[0].relabelings[0].separator
            sm | 3.1.0 | - | {endpoints: [{relabelings: [{action: keep, sourceLabels: ['not a label']}]}]} | ok
            sm | 3.1.0 | - | {scrapeClass: none, endpoints: []} | CLASS spec.scrapeClass
            sm | 2.36.0 | - | {attachMetadata: {node: true}, endpoints: []} | drop attachMetadata
            sm | 2.37.0 | - | {attachMetadata: {node: true}, endpoints: []} | ok
            pm | 2.34.0 | - | {attachMetadata: {node: false}, podMetricsEndpoints: []} | drop attachMetadata
            pm | 2.35.0 | - | {attachMetadata: {node: false}, podMetricsEndpoints: []} | ok
            sm | 2.20.0 | - | {targetLimit: 1, labelLimit: 1, bodySizeLimit: 1KB, sampleLimit: 1, endpoints: []} | drop bodySizeLimit labelLimit targetLimit
            sm | 2.55.0 | - | {fallbackScrapeProtocol: PrometheusProto, convertClassicHistogramsToNHCB: true, scrapeProtocols: [PrometheusText1.0.0, PrometheusProto], endpoints: []} | drop convertClassicHistogramsToNHCB fallbackScrapeProtocol scrapeProtocols
            sm | 3.0.0-rc.1 | - | {scrapeProtocols: [PrometheusText1.0.0], endpoints: []} | ok
            sm | 3.7.0 | - | {scrapeNativeHistograms: true, scrapeClassicHistograms: true, endpoints: [{enableHttp2: false}]} | drop scrapeNativeHistograms
            sm | 2.47.0 | - | {keepDroppedTargets: 1, endpoints: [{trackTimestampsStaleness: true}, {trackTimestampsStaleness: true}]} | drop trackTimestampsStaleness
            probe | 3.1.0 | - | {prober: {url: p}, targets: {ingress: {}}} | ok
            probe | 3.1.0 | - | {prober: {url: p}, targets: {}} | PROBE-TARGETS spec.targets
            probe | 3.1.0 | 0.89.0 | {prober: {url: '[::1]:80'}, targets: {ingress: {}}} | ok
            probe | 3.1.0 | 0.88.1 | {prober: {url: '[::1]:80'}, targets: {ingress: {}}} | PROBE-URL spec.prober.url
            probe | 3.1.0 | - | {prober: {url: '[::1]'}, targets: {ingress: {}}} | PROBE-URL spec.prober.url
            probe | 3.1.0 | - | {prober: {url: 'p:0'}, targets: {ingress: {}}} | PROBE-URL spec.prober.url
            probe | 2.55.0 | 0.91.0 | {prober: {url: p}, targets: {staticConfig: {labels: {a-b: x}}}} | ok
            probe | 2.55.0 | 0.92.0 | {prober: {url: p}, targets: {staticConfig: {labels: {a-b: x}}}} | STATIC-LABEL spec.targets.staticConfig.labels[a-b]
            probe | 3.1.0 | - | {prober: {url: p}, targets: {staticConfig: {}, ingress: {relabelingConfigs: [{action: hashmod}]}}} | RL-MODULUS spec.targets.ingress.relabelingConfigs[0].modulus
            probe | 3.1.0 | - | {prober: {url: p, proxyUrl: 'http://[', noProxy: a}, targets: {ingress: {}}} | PROXY spec.prober.proxyUrl
            probe | 3.1.0 | - | {prober: {url: p}, basicAuth: BASIC, authorization: {type: basic}, targets: {ingress: {}}} | ok
            sc | 2.39.0 | - | {} | SC-FLOOR spec
            sc | 2.40.0-rc.1 | - | {} | SC-FLOOR spec
            sc | 2.40.0 | - | {} | ok
            sc | 2.40.0 | - | {staticConfigs: [{targets: [a], labels: {a-b: x}}]} | STATIC-LABEL spec.staticConfigs[0].labels[a-b]
            sc | 2.48.0 | - | {enableCompression: true, dnsSDConfigs: [{names: [a], type: NS, port: 1}]} | drop enableCompression type
            sc | 2.49.0 | - | {enableCompression: true, dnsSDConfigs: [{names: [a], type: NS, port: 1}]} | ok
            sc | 3.1.0 | - | {dnsSDConfigs: [{names: [a]}]} | ok
            sc | 3.1.0 | - | {dnsSDConfigs: [{names: [a], type: MX}]} | DNS spec.dnsSDConfigs[0].port
            sc | 3.1.0 | - | {httpSDConfigs: [{url: 'http://a/%zz'}]} | HTTPSD spec.httpSDConfigs[0].url
            sc | 3.1.0 | - | {httpSDConfigs: [{url: 'http://a:80:80/'}]} | HTTPSD spec.httpSDConfigs[0].url
            sc | 3.1.0 | - | {httpSDConfigs: [{url: 'http://a b/'}]} | HTTPSD spec.httpSDConfigs[0].url
            sc | 3.1.0 | - | {httpSDConfigs: [{url: 'http://[fe80::1%25en0]:80/?q=%zz'}]} | ok
            sc | 2.44.0 | - | {consulSDConfigs: [{server: a, pathPrefix: ''}]} | CONSUL spec.consulSDConfigs[0].pathPrefix
            sc | 2.45.0 | - | {consulSDConfigs: [{server: a, pathPrefix: '', namespace: n}]} | ok
            sc | 3.0.0-rc.1 | - | {consulSDConfigs: [{server: a, filter: f}]} | ok
            sc | 3.11.1 | - | {consulSDConfigs: [{server: a, healthFilter: f}]} | CONSUL spec.consulSDConfigs[0].healthFilter
            sc | 3.1.0 | - | {consulSDConfigs: [{server: 'not : a url', tokenRef: {name: gone, key: t}}]} | REF spec.consulSDConfigs[0].tokenRef
            sc | 2.51.0 | - | {azureSDConfigs: [{subscriptionID: s, authenticationMethod: SDK}]} | AZURE spec.azureSDConfigs[0].authenticationMethod
            sc | 3.10.0 | - | {azureSDConfigs: [{subscriptionID: s, authenticationMethod: WorkloadIdentity}]} | AZURE spec.azureSDConfigs[0].authenticationMethod
            sc | 3.1.0 | - | {azureSDConfigs: [{subscriptionID: s, tenantID: t, clientID: ''}]} | AZURE spec.azureSDConfigs[0].clientID
            sc | 3.1.0 | - | {azureSDConfigs: [{subscriptionID: s, authenticationMethod: ManagedIdentity, basicAuth: {}}]} | ok
            sc | 3.1.0 | - | {openstackSDConfigs: [{role: LoadBalancer, region: r}]} | OPENSTACK spec.openstackSDConfigs[0].role
            sc | 3.2.0 | - | {openstackSDConfigs: [{role: LoadBalancer, region: r}]} | ok
            sc | 2.54.0 | - | {dockerSDConfigs: [{host: 'unix:///x', matchFirstNetwork: false}]} | DOCKER spec.dockerSDConfigs[0].matchFirstNetwork
            sc | 2.54.1 | - | {dockerSDConfigs: [{host: 'unix:///x', matchFirstNetwork: false}]} | ok
            sc | 3.1.0 | - | {dockerSwarmSDConfigs: [{host: 'tcp://a:b', role: tasks}]} | URL spec.dockerSwarmSDConfigs[0].host
            sc | 2.49.0 | - | {kumaSDConfigs: [{server: 'http://k', clientID: c}]} | KUMA spec.kumaSDConfigs[0].clientID
            sc | 2.50.0 | - | {kumaSDConfigs: [{server: 'http://k', clientID: c}]} | ok
            sc | 3.1.0 | - | {kumaSDConfigs: [{server: 'http:/k'}]} | URL spec.kumaSDConfigs[0].server
            sc | 3.1.0 | - | {nomadSDConfigs: [{server: 'k:80'}]} | URL spec.nomadSDConfigs[0].server
            sc | 3.4.0 | - | {hetznerSDConfigs: [{role: hcloud, labelSelector: ''}]} | HETZNER spec.hetznerSDConfigs[0].labelSelector
            sc | 3.5.0 | - | {hetznerSDConfigs: [{role: hcloud, labelSelector: ''}]} | ok
            sc | 3.1.0 | - | {puppetDBSDConfigs: [{url: 'ftp://p', query: q}]} | URL spec.puppetDBSDConfigs[0].url
            sc | 3.8.0 | 0.88.0 | {ec2SDConfigs: [{region: r}]} | EC2 spec.ec2SDConfigs[0]
            sc | 3.8.0 | 0.88.1 | {ec2SDConfigs: [{region: r}]} | ok
            sc | 3.8.0 | 0.88.0 | {lightSailSDConfigs: [{region: r}]} | LIGHTSAIL spec.lightSailSDConfigs[0]
            sc | 2.40.0 | - | {ec2SDConfigs: [{enableHTTP2: true, tlsConfig: {}}]} | drop enableHTTP2 tlsConfig
            sc | 3.1.0 | - | {ec2SDConfigs: [{secretKey: {name: gone, key: k}}]} | REF spec.ec2SDConfigs[0].secretKey
            sc | 3.1.0 | - | {ovhcloudSDConfigs: [{applicationSecret: {name: auth, key: token}}]} | REF spec.ovhcloudSDConfigs[0].consumerKey
            sc | 3.1.0 | - | {scalewaySDConfigs: [{secretKey: {name: auth, key: no}}]} | REF spec.scalewaySDConfigs[0].secretKey
            sc | 3.1.0 | - | {ionosSDConfigs: [{authorization: {}, datacenterID: d}]} | ok
            sc | 3.1.0 | - | {digitalOceanSDConfigs: [{authorization: {type: basic, credentials: {}}}]} | AUTH spec.digitalOceanSDConfigs[0].authorization.type
            sc | 3.1.0 | - | {eurekaSDConfigs: [{server: ':', basicAuth: BASIC, authorization: AUTHZ}]} | ok
            sc | 3.1.0 | - | {linodeSDConfigs: [{noProxy: a}]} | PROXY spec.linodeSDConfigs[0].noProxy
            sc | 3.1.0 | - | {gceSDConfigs: [{project: p, zone: z}], fileSDConfigs: [{files: [a.json]}]} | ok
            sc | 3.1.0 | - | {kubernetesSDConfigs: [{role: Pod, apiServer: 'https://a', namespaces: {ownNamespace: true}}]} | K8SSD spec.kubernetesSDConfigs[0].namespaces.ownNamespace
            sc | 3.1.0 | - | {kubernetesSDConfigs: [{role: Pod, selectors: [{role: Service}]}]} | K8SSD-SEL spec.kubernetesSDConfigs[0].selectors[0].role
            sc | 3.1.0 | - | {kubernetesSDConfigs: [{role: EndpointSlice, selectors: [{role: pod, label: 'a in (b,,c),!d', field: 'x!=y,z=\\\\,'}]}]} | ok
            sc | 3.1.0 | - | {kubernetesSDConfigs: [{role: Pod, selectors: [{role: pod, field: 'a=b=c'}]}]} | K8SSD-SEL spec.kubernetesSDConfigs[0].selectors[0].field
            sc | 3.1.0 | - | {kubernetesSDConfigs: [{role: Pod, selectors: [{role: pod, label: 'a,'}]}]} | K8SSD-SEL spec.kubernetesSDConfigs[0].selectors[0].label
            """;

    /** A line of the table. */
    record Case(String kind, String version, String operator, String spec, String expected) {
        @Override
        public String toString() {
            return kind + " " + version + " " + operator + " " + spec;
        }
    }

    static Stream<Case> cases() {
        return CASES.lines().map(line -> {
            String[] cells =
                    Arrays.stream(line.split(" \\| ", -1)).map(String::strip).toArray(String[]::new);
            return new Case(cells[0], cells[1], cells[2], cells[3], cells[4]);
        });
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void a_case_has_the_verdict_that_the_rules_give_it(Case one) {
        String spec = one.spec()
                .replace("BASIC", "{username: {name: auth, key: token}, password: {name: auth, key: token}}")
                .replace("AUTHZ", "{credentials: {name: auth, key: token}}");
        String kind = switch (one.kind()) {
            case "sm" -> "ServiceMonitor";
            case "pm" -> "PodMonitor";
            case "probe" -> "Probe";
            default -> "ScrapeConfig";
        };
        World world = World.parse(one.toString(), """
                {apiVersion: monitoring.coreos.com/v1, kind: Prometheus, metadata: {name: k8s, namespace: monitoring}, spec: {version: v%s}}
                ---
                {apiVersion: monitoring.coreos.com/v1, kind: %s, metadata: {name: cart, namespace: shop}, spec: %s}
                ---
                {apiVersion: v1, kind: Secret, metadata: {name: auth, namespace: shop}, stringData: {token: hunter2}}
                """.formatted(one.version(), kind, spec));
        OperatorVersion operator = one.operator().equals("-")
                ? OperatorVersion.newest()
                : new OperatorVersion(SemanticVersion.of(one.operator()));

        Verdict verdict = world.verdict(World.taking(), operator);

        String said = switch (verdict.outcome()) {
            case ACCEPTED -> verdict.dropped().isEmpty() ? "ok" : "drop " + String.join(" ", verdict.dropped());
            case REJECTED, UNKNOWN ->
                verdict.reasons().getFirst().code() + " "
                        + verdict.reasons().getFirst().path();
        };
        assertThat(said).as("%s", verdict.reasons()).isEqualTo(one.expected());
        assertThat(verdict.reasons()).noneMatch(reason -> reason.message().contains("hunter2"));
    }
}
