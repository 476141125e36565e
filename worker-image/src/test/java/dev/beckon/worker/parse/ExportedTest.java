package dev.beckon.worker.parse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.beckon.ledger.report.ParserReport;
import dev.beckon.worker.Ending;
import dev.beckon.worker.export.DatasetFormat;
import dev.beckon.worker.stage.ParseOrders;
import dev.beckon.worker.stage.Pod;
import dev.beckon.workorder.ExitCode;
import dev.beckon.workorder.ParseOrder.Format;
import dev.beckon.workorder.Paths;
import dev.beckon.workorder.RunResult;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The file on the volume: whole, within it, and told about when it can't be written. */
class ExportedTest extends OnSource {
    private Pod pod;
    private Path volume;

    @BeforeEach
    void openWorld() {
        open("""
                people:
                  - {username: alice, phone: "+491700000001"}
                  - {username: bobby, name: "=HYPERLINK(1)", lastName: "a, b"}
                chats:
                  - {title: Meetup, username: meetup, owner: alice, members: [bobby]}
                """);
        pod = stage.pod();
        volume = pod.root().resolve(Paths.EXPORT.substring(1));
    }

    @Test
    void aCsvHasAHeaderAndGuardsFormulas() throws IOException {
        Files.createDirectories(volume);
        Files.writeString(volume.resolve("members.csv"), "the former one");
        ParseOrders orders = ParseOrders.of(alice).export(Format.Csv, "members.csv");
        assertThat(pod.run(parsing(orders.build())).result().ending()).isEqualTo(RunResult.Ending.COMPLETED);
        assertThat(Files.readString(volume.resolve("members.csv")))
                .startsWith(
                        "user_id,username,phone,first_name,last_name,bot,deleted,premium,last_seen,source_administered\n")
                .contains("bobby,,'=HYPERLINK(1),\"a, b\",false,false,false,Recently,true\n");
    }

    @Test
    void aVolumeThatCantBeWrittenIsToldTheDatasetIsKeptAndTheExportTriedAgain() throws IOException {
        Files.createDirectories(volume);
        Files.writeString(volume.resolve("lists"), "a file where a folder should be");
        ParseOrders orders = ParseOrders.of(alice).export(Format.Ndjson, "lists/members.ndjson");
        Ending ending = pod.run(parsing(orders.build()));
        assertThat(ending.exit()).isEqualTo(ExitCode.OK);
        assertThat(ending.result().ending()).isEqualTo(RunResult.Ending.WAITING);
        assertThat(ending.result().reason()).isEqualTo("ExportFailed");
        assertThat(ending.result().resumeAt())
                .contains(stage.world().clock().instant().plus(Duration.ofMinutes(10)));
        assertThat(ending.result().message())
                .contains("The export lists/members.ndjson can't be written to its volume: Not a directory.")
                .contains("the dataset is kept")
                .doesNotContain(".part");
        assertThat(dataset(orders).people()).isEqualTo(2);
        String parser = orders.build().parser().uid();
        assertThat(stage.ledger().reports().parsers(List.of(parser)).get(parser).newest())
                .as("so that the operator starts no other pod before then")
                .returns(ending.result().resumeAt(), ParserReport.Run::nextActionAt)
                .returns(Optional.of("ExportFailed"), ParserReport.Run::waitingFor);

        Files.delete(volume.resolve("lists"));
        Pod again = stage.pod().withoutTelegram();
        Files.createDirectories(again.root().resolve(Paths.EXPORT.substring(1)).getParent());
        Files.createSymbolicLink(again.root().resolve(Paths.EXPORT.substring(1)), volume);
        assertThat(again.run(parsing(orders.build())).result().ending()).isEqualTo(RunResult.Ending.COMPLETED);
        assertThat(Files.readAllLines(volume.resolve("lists/members.ndjson"))).hasSize(2);
    }

    @Test
    void aFullDiskIsToldAsSuch() throws IOException {
        ParseOrders orders = ParseOrders.of(alice);
        parse(orders);
        for (Format format : Format.values()) {
            // Every write to it answers ENOSPC.
            try (OutputStream full = Files.newOutputStream(Path.of("/dev/full"))) {
                assertThatThrownBy(() -> DatasetFormat.write(stage.ledger().datasets(), dataset(orders), format, full))
                        .isInstanceOf(IOException.class)
                        .hasMessageContaining("No space left on device");
            }
        }
    }

    @Test
    void aLinkThatLeadsOutOfTheVolumeIsRefused() throws IOException {
        Files.createDirectories(volume);
        Path outside = Files.createDirectories(folder.resolve("outside"));
        Files.createSymbolicLink(volume.resolve("lists"), outside);
        ParseOrders orders = ParseOrders.of(alice).export(Format.Csv, "lists/members.csv");
        Ending ending = pod.run(parsing(orders.build()));
        assertThat(ending.result().reason()).isEqualTo("ExportFailed");
        assertThat(ending.result().message()).contains("leads out of the volume");
        assertThat(outside).isEmptyDirectory();
    }

    @Test
    void aLinkInPlaceOfTheFileIsReplacedAndNotFollowed() throws IOException {
        Files.createDirectories(volume);
        Path outside = Files.writeString(folder.resolve("outside.csv"), "theirs");
        Files.createSymbolicLink(volume.resolve("members.csv"), outside);
        ParseOrders orders = ParseOrders.of(alice).export(Format.Csv, "members.csv");
        assertThat(pod.run(parsing(orders.build())).result().ending()).isEqualTo(RunResult.Ending.COMPLETED);
        assertThat(outside).hasContent("theirs");
        assertThat(Files.isSymbolicLink(volume.resolve("members.csv"))).isFalse();
    }

    @Test
    void aFolderInPlaceOfTheFileIsTold() throws IOException {
        Files.createDirectories(volume.resolve("members.csv"));
        ParseOrders orders = ParseOrders.of(alice).export(Format.Csv, "members.csv");
        RunResult told = pod.run(parsing(orders.build())).result();
        assertThat(told.reason()).isEqualTo("ExportFailed");
        assertThat(told.message()).containsIgnoringCase("directory").doesNotContain(".part");
        assertThat(volume.toFile().list()).containsExactly("members.csv");
    }

    @Test
    void whatAKilledRunLeftIsSweptAndWhatAnotherWritesIsNot() throws IOException {
        Files.createDirectories(volume);
        Path left = Files.writeString(volume.resolve(".members.csv.gone.part"), "half of it");
        Files.setLastModifiedTime(left, FileTime.from(Instant.now().minus(Duration.ofDays(2))));
        Path written = Files.writeString(volume.resolve(".members.csv.other.part"), "half of it");
        Path foreign = Files.writeString(volume.resolve(".guests.csv.gone.part"), "half of it");
        Files.setLastModifiedTime(foreign, FileTime.from(Instant.EPOCH));
        ParseOrders orders = ParseOrders.of(alice).export(Format.Csv, "members.csv");
        assertThat(pod.run(parsing(orders.build())).result().ending()).isEqualTo(RunResult.Ending.COMPLETED);
        assertThat(left).doesNotExist();
        assertThat(written).exists();
        assertThat(foreign).exists();
    }

    @Test
    void aMissingVolumeIsTold() {
        ParseOrders orders = ParseOrders.of(alice).export(Format.Csv, "members.csv");
        assertThat(pod.run(parsing(orders.build())).result().message()).contains("no volume at " + Paths.EXPORT);
    }
}
