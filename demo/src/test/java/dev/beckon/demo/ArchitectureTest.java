package dev.beckon.demo;

import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The arrows between the folders, and no circle within any of them. */
@AnalyzeClasses(packages = "dev.beckon", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule folders_use_only_what_the_architecture_allows = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("crds")
            .definedBy("dev.beckon.crd..")
            .layer("ledger")
            .definedBy("dev.beckon.ledger..")
            .layer("work-order")
            .definedBy("dev.beckon.workorder..")
            .layer("telegram")
            .definedBy("dev.beckon.telegram..")
            .layer("telegram-simulator")
            .definedBy("dev.beckon.simulator..")
            .layer("worker-image")
            .definedBy("dev.beckon.worker..")
            .layer("operator")
            .definedBy("dev.beckon.operator..")
            .layer("gateway")
            .definedBy("dev.beckon.gateway..")
            .layer("leak-scan")
            .definedBy("dev.beckon.leakscan..")
            .layer("demo")
            .definedBy("dev.beckon.demo..")
            // Not on this class path; its own test holds that it has no circles.
            .optionalLayer("bench")
            .definedBy("dev.beckon.bench..")
            .whereLayer("crds")
            .mayNotAccessAnyLayer()
            .whereLayer("ledger")
            .mayNotAccessAnyLayer()
            .whereLayer("work-order")
            .mayNotAccessAnyLayer()
            .whereLayer("telegram")
            .mayNotAccessAnyLayer()
            .whereLayer("telegram-simulator")
            .mayOnlyAccessLayers("telegram")
            .whereLayer("worker-image")
            .mayOnlyAccessLayers("work-order", "ledger", "telegram")
            .whereLayer("operator")
            .mayOnlyAccessLayers("crds", "work-order", "ledger")
            .whereLayer("gateway")
            .mayOnlyAccessLayers("crds", "ledger")
            .whereLayer("leak-scan")
            .mayNotAccessAnyLayer()
            .whereLayer("leak-scan")
            .mayOnlyBeAccessedByLayers("demo")
            .whereLayer("bench")
            .mayNotBeAccessedByAnyLayer();

    @ArchTest
    static final ArchRule no_circles_in_the_ledger =
            slices().matching("dev.beckon.ledger.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule no_circles_in_the_worker =
            slices().matching("dev.beckon.worker.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule no_circles_in_the_operator =
            slices().matching("dev.beckon.operator.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule no_circles_in_the_gateway =
            slices().matching("dev.beckon.gateway.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule no_circles_in_telegram =
            slices().matching("dev.beckon.telegram.(*)..").should().beFreeOfCycles();
}
