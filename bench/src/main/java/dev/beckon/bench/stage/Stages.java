package dev.beckon.bench.stage;

import dev.beckon.demo.Beckon;
import dev.beckon.demo.environment.Programs;
import java.nio.file.Path;
import java.util.Optional;

/** Starts what a benchmark needs when it first asks, and stops what another one needed: nothing runs beside what is measured. */
public final class Stages implements AutoCloseable {
    private final Path state;
    private final Path checkout;
    private final boolean quick;
    private Optional<CampaignStage> campaigns = Optional.empty();
    private Optional<TelegramStage> telegram = Optional.empty();
    private Optional<FreshDatabase> database = Optional.empty();

    /**
     * @param state the folder that holds everything
     * @param quick whether the stages are small
     */
    public Stages(Path state, Path checkout, boolean quick) {
        this.state = state.toAbsolutePath();
        this.checkout = checkout;
        this.quick = quick;
    }

    /** Kubernetes and all of Beckon. */
    public synchronized CampaignStage campaigns() {
        closeTelegram();
        if (campaigns.isEmpty()) {
            CampaignStage stage = new CampaignStage(state.resolve("campaigns"), programs(), quick ? 40 : 1_000);
            campaigns = Optional.of(stage);
            stage.up();
        }
        return campaigns.get();
    }

    /** Ledger, Redis and Telegram; no Kubernetes. */
    public synchronized TelegramStage telegram() {
        closeCampaigns();
        if (telegram.isEmpty()) {
            TelegramStage stage = new TelegramStage(state.resolve("telegram"), programs(), peers());
            telegram = Optional.of(stage);
            stage.up();
        }
        return telegram.get();
    }

    /** A database server with an empty ledger, and nothing beside it. */
    public synchronized FreshDatabase database() {
        close();
        FreshDatabase fresh = FreshDatabase.start(state.resolve("import"));
        database = Optional.of(fresh);
        return fresh;
    }

    public Telethon peers() {
        return new Telethon(checkout);
    }

    private static Programs programs() {
        return Beckon.programs();
    }

    private void closeCampaigns() {
        campaigns.ifPresent(CampaignStage::close);
        campaigns = Optional.empty();
    }

    private void closeTelegram() {
        telegram.ifPresent(TelegramStage::close);
        telegram = Optional.empty();
    }

    @Override
    public synchronized void close() {
        closeCampaigns();
        closeTelegram();
        database.ifPresent(FreshDatabase::close);
        database = Optional.empty();
    }
}
