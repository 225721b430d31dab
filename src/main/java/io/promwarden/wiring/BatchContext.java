package io.promwarden.wiring;

import java.util.Map;
import javax.sql.DataSource;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.batch.jdbc.autoconfigure.BatchJdbcAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.support.GenericApplicationContext;

/** Spring Batch on a store, as Boot configures it: the job repository, the job operator and their transactions. */
final class BatchContext implements AutoCloseable {

    private final ConfigurableApplicationContext context;

    private BatchContext(ConfigurableApplicationContext context) {
        this.context = context;
    }

    /** Opens it on a database whose tables exist; closing it leaves the data source open. */
    static BatchContext open(DataSource dataSource) {
        System.setProperty("org.springframework.boot.logging.LoggingSystem", "none");
        SpringApplication application = new SpringApplication(Batch.class);
        application.setWebApplicationType(WebApplicationType.NONE);
        application.setBannerMode(Banner.Mode.OFF);
        application.setRegisterShutdownHook(false);
        application.setLogStartupInfo(false);
        application.setAddCommandLineProperties(false);
        application.setDefaultProperties(
                Map.of("spring.batch.job.enabled", "false", "spring.batch.jdbc.initialize-schema", "never"));
        application.addInitializers(context -> {
            GenericApplicationContext generic = (GenericApplicationContext) context;
            generic.registerBean(
                    "dataSource", DataSource.class, () -> dataSource, bean -> bean.setDestroyMethodName(""));
        });
        return new BatchContext(application.run());
    }

    JobOperator operator() {
        return context.getBean(JobOperator.class);
    }

    JobRepository repository() {
        return context.getBean(JobRepository.class);
    }

    @Override
    public void close() {
        context.close();
    }

    /** What of Boot's configuration is wanted, and nothing else. */
    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration({DataSourceTransactionManagerAutoConfiguration.class, BatchJdbcAutoConfiguration.class})
    static class Batch {}
}
