package io.promwarden.inventory;

/** An Alertmanager custom resource. */
public record AlertmanagerObject(ObjectMeta meta, RawObject raw) {

    public static AlertmanagerObject of(RawObject object) {
        return new AlertmanagerObject(ObjectMeta.of(object), object);
    }

    public boolean listenLocal() {
        return raw.isTrue("spec", "listenLocal");
    }

    public boolean servesTls() {
        return raw.has("spec", "web", "tlsConfig");
    }

    public String routePrefix() {
        String prefix = raw.text("spec", "routePrefix").orElse("/");
        String absolute = prefix.startsWith("/") ? prefix : "/" + prefix;
        return absolute.length() > 1 && absolute.endsWith("/")
                ? absolute.substring(0, absolute.length() - 1)
                : absolute;
    }

    public String portName() {
        return raw.text("spec", "portName").orElse("web");
    }

    /** The Service that gives each pod its DNS name: the operator's own unless the object names another. */
    public String governingService() {
        return raw.text("spec", "serviceName").orElse("alertmanager-operated");
    }

    /** Pods that should run; 1 unless set. */
    public int replicas() {
        return raw.whole("spec", "replicas").orElse(1L).intValue();
    }
}
