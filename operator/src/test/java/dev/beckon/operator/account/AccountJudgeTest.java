package dev.beckon.operator.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.crd.LastError;
import dev.beckon.crd.TelegramAccount;
import dev.beckon.crd.TelegramAccountSpec;
import dev.beckon.crd.TelegramAccountSpec.Login;
import dev.beckon.crd.TelegramAccountSpec.Method;
import dev.beckon.crd.TelegramAccountStatus;
import dev.beckon.crd.TelegramAccountStatus.State;
import dev.beckon.operator.account.AccountJudge.Hindrance;
import dev.beckon.operator.condition.Reason;
import dev.beckon.operator.worker.Owner;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AccountJudgeTest {
    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

    @Test
    void aReadyUserAccountMayBeUsed() {
        assertThat(AccountJudge.hindrance(account(Method.PhoneCode, State.Ready), Owner.Kind.CAMPAIGN, NOW))
                .isEmpty();
    }

    @Test
    void aBotIsRefusedAlsoWhenItIsReady() {
        assertThat(AccountJudge.hindrance(account(Method.BotToken, State.Ready), Owner.Kind.CAMPAIGN, NOW))
                .get()
                .isInstanceOfSatisfying(Hindrance.Blocked.class, it -> {
                    assertThat(it.reason()).isEqualTo(Reason.AccountIsBot);
                    assertThat(it.message()).contains("use a user account");
                });
    }

    @Test
    void aBotMayPublish() {
        TelegramAccount bot = account(Method.BotToken, State.Ready);
        assertThat(AccountJudge.hindrance(bot, Owner.Kind.AUTOPOST, NOW)).isEmpty();
        assertThat(AccountJudge.hindrance(bot, Owner.Kind.PARSER, NOW)).isPresent();
    }

    @Test
    void anAccountThatTelegramTellsToWaitGoesOnByItself() {
        TelegramAccount account = account(Method.PhoneCode, State.Ready);
        account.setStatus(TelegramAccountStatus.builder()
                .state(State.CoolingDown)
                .coolDownUntil(NOW.plusSeconds(65))
                .build());

        assertThat(AccountJudge.hindrance(account, Owner.Kind.CAMPAIGN, NOW))
                .get()
                .isInstanceOfSatisfying(Hindrance.Until.class, it -> {
                    assertThat(it.reason()).isEqualTo(Reason.FloodWait);
                    assertThat(it.at()).isEqualTo(NOW.plusSeconds(65));
                });
    }

    @ParameterizedTest
    @EnumSource(
            value = State.class,
            names = {"WaitingForQrScan", "WaitingForCode", "WaitingForPassword"})
    void aLoginThatWaitsForAPersonStallsItsWorkWhichGoesOnByItselfAfterwards(State state) {
        assertThat(AccountJudge.hindrance(account(Method.PhoneCode, state), Owner.Kind.CAMPAIGN, NOW))
                .get()
                .isInstanceOfSatisfying(Hindrance.Blocked.class, it -> {
                    assertThat(it.reason()).isEqualTo(Reason.AccountNotReady);
                    assertThat(it.message())
                            .contains("waits for")
                            .contains("kubectl describe telegramaccount alice")
                            .contains("goes on by itself when it is Ready");
                });
    }

    @Test
    void aLoginUnderWayIsAwaited() {
        assertThat(AccountJudge.hindrance(account(Method.PhoneCode, State.LoginRequired), Owner.Kind.CAMPAIGN, NOW))
                .get()
                .isInstanceOfSatisfying(Hindrance.Awaiting.class, it -> {
                    assertThat(it.reason()).isEqualTo(Reason.AccountNotReady);
                    assertThat(it.message()).contains("goes on by itself when it is Ready");
                });
    }

    @Test
    void anAccountThatNobodyLookedAtYetIsAwaited() {
        TelegramAccount account = account(Method.PhoneCode, State.Ready);
        account.setStatus(null);

        assertThat(AccountJudge.hindrance(account, Owner.Kind.CAMPAIGN, NOW))
                .get()
                .isInstanceOf(Hindrance.Awaiting.class);
    }

    @Test
    void aLoginThatCanNotGoOnNeedsAPerson() {
        TelegramAccount account = account(Method.PhoneCode, State.LoginRequired);
        account.setStatus(TelegramAccountStatus.builder()
                .state(State.LoginRequired)
                .conditions(List.of(new ConditionBuilder()
                        .withType("Stalled")
                        .withStatus("True")
                        .withReason("LoginRefused")
                        .build()))
                .build());

        assertThat(AccountJudge.hindrance(account, Owner.Kind.CAMPAIGN, NOW))
                .get()
                .isInstanceOf(Hindrance.Blocked.class);
    }

    @ParameterizedTest
    @EnumSource(
            value = State.class,
            names = {"Suspended", "LoggedOut", "Banned", "Limited"})
    void whatOnlyAPersonEndsIsNotAwaited(State state) {
        assertThat(AccountJudge.hindrance(account(Method.PhoneCode, state), Owner.Kind.CAMPAIGN, NOW))
                .get()
                .isInstanceOf(Hindrance.Blocked.class);
    }

    @ParameterizedTest
    @EnumSource(State.class)
    void whatTelegramLimitedOrEndedIsOutOfWork(State state) {
        boolean ended = Set.of(State.Limited, State.Banned, State.LoggedOut).contains(state);
        assertThat(AccountJudge.isOutOfWork(account(Method.PhoneCode, state))).isEqualTo(ended);
    }

    @ParameterizedTest
    @EnumSource(
            value = State.class,
            names = {"LoginRequired", "WaitingForQrScan", "WaitingForCode", "WaitingForPassword"})
    void aLoginAfterALossIsOutOfWorkTooAndAFirstOneIsNot(State state) {
        TelegramAccount account = account(Method.PhoneCode, state);
        account.setStatus(TelegramAccountStatus.builder()
                .state(state)
                .user(new TelegramAccountStatus.User(42L, "alice", "Alice", null, null))
                .lastError(new LastError("SessionLost", "AUTH_KEY_UNREGISTERED", NOW))
                .build());
        assertThat(AccountJudge.isOutOfWork(account)).isTrue();
    }

    @Test
    void anAccountThatNobodyLookedAtYetIsNotOutOfWorkAndOneOnItsWayOutIs() {
        TelegramAccount account = account(Method.PhoneCode, State.Ready);
        account.setStatus(null);
        assertThat(AccountJudge.isOutOfWork(account)).isFalse();
        account.getMetadata().setDeletionTimestamp("2026-11-23T12:00:00Z");
        assertThat(AccountJudge.isOutOfWork(account)).isTrue();
    }

    private static TelegramAccount account(Method method, State state) {
        TelegramAccount account = new TelegramAccount();
        account.setMetadata(new ObjectMetaBuilder()
                .withNamespace("default")
                .withName("alice")
                .build());
        account.setSpec(new TelegramAccountSpec(null, new Login(method, null), null, null, false, false));
        account.setStatus(TelegramAccountStatus.builder().state(state).build());
        return account;
    }
}
