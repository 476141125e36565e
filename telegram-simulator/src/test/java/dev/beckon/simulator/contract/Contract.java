package dev.beckon.simulator.contract;

/** What every part of the contract needs: a way to start the engine. */
public interface Contract {
    EngineUnderTest.Factory engine();

    default Stage stage(WorldText world) {
        return Stage.of(engine(), world);
    }
}
