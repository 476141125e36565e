package dev.beckon.worker.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.beckon.worker.BadInput;
import dev.beckon.workorder.AccountRef;
import dev.beckon.workorder.InviteOrder;
import dev.beckon.workorder.LoginOrder;
import dev.beckon.workorder.Paths;
import dev.beckon.workorder.WorkOrder;
import dev.beckon.workorder.WorkOrders;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever is missing or wrong among the mounted files is named by file and key, and no value is repeated. */
class MountedFilesTest {
    @TempDir
    private Path root;

    private MountedFiles files;

    @BeforeEach
    void mount() {
        files = new MountedFiles(root);
    }

    private void write(String path, byte[] content) throws IOException {
        Path file = files.at(path);
        Files.createDirectories(file.getParent());
        Files.write(file, content);
    }

    private void write(String path, String content) throws IOException {
        write(path, content.getBytes(StandardCharsets.UTF_8));
    }

    private static LoginOrder login() {
        return new LoginOrder(
                WorkOrder.VERSION,
                new AccountRef("team", "alice", "uid", new AccountRef.Limits(40, 40, 5, 100), Optional.empty()),
                LoginOrder.Method.QrCode);
    }

    @Test
    void theWorkOrderIsRead() throws IOException {
        write(Paths.WORK_ORDER, WorkOrders.write(login()));
        assertThat(files.order(LoginOrder.class)).isEqualTo(login());
    }

    @Test
    void aMissingWorkOrderIsNamedByItsPath() {
        assertThatThrownBy(() -> files.order(LoginOrder.class))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining(Paths.WORK_ORDER);
    }

    @Test
    void anOrderForAnotherCommandIsRefused() throws IOException {
        write(Paths.WORK_ORDER, WorkOrders.write(login()));
        assertThatThrownBy(() -> files.order(InviteOrder.class))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("is a LoginOrder, this command needs a InviteOrder");
    }

    @Test
    void anOrderThatIsNoOrderIsRefusedWithASentence() throws IOException {
        write(Paths.WORK_ORDER, "phone: +49");
        assertThatThrownBy(() -> files.order(InviteOrder.class))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("no work order")
                .hasMessageNotContaining("+49");
    }

    @Test
    void bytesThatAreNoTextAreRefused() throws IOException {
        write(Paths.WORK_ORDER, new byte[] {(byte) 0xff, (byte) 0xfe, 0});
        assertThatThrownBy(() -> files.order(InviteOrder.class))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("UTF-8");
    }

    @Test
    void theApplicationIsReadWithoutTheLineEndsThatEditorsAdd() throws IOException {
        write(Paths.TELEGRAM_APP + "/api-id", "12345\n");
        write(Paths.TELEGRAM_APP + "/api-hash", " 0123abcd \r\n");
        assertThat(files.telegramApp()).isEqualTo(new MountedFiles.TelegramApp(12345, "0123abcd"));
        assertThat(files.telegramApp().toString()).doesNotContain("0123abcd");
    }

    @Test
    void aMissingKeyIsNamedWithItsSecret() throws IOException {
        write(Paths.TELEGRAM_APP + "/api-id", "12345");
        write(Paths.TELEGRAM_APP + "/api-hash", "\n");
        assertThatThrownBy(files::telegramApp)
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("'api-hash'")
                .hasMessageContaining("spec.apiCredentials");
    }

    @Test
    void anApplicationIdThatIsNoNumberIsRefusedWithoutRepeatingIt() throws IOException {
        write(Paths.TELEGRAM_APP + "/api-id", "deadbeefdeadbeef");
        write(Paths.TELEGRAM_APP + "/api-hash", "12345");
        assertThatThrownBy(files::telegramApp)
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("api-id")
                .hasMessageNotContaining("deadbeef");
    }

    @Test
    void aValueIsReadAnewEachTime() throws IOException {
        write(Paths.LOGIN + "/code", "11111");
        assertThat(files.value(Paths.LOGIN, "code")).contains("11111");
        write(Paths.LOGIN + "/code", "22222");
        assertThat(files.value(Paths.LOGIN, "code")).contains("22222");
    }
}
