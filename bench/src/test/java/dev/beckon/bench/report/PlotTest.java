package dev.beckon.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.util.List;
import java.util.OptionalDouble;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

class PlotTest {
    private static final Plot.Panel MEMORY = new Plot.Panel(
            "memory < limit",
            "MiB",
            List.of(
                    new Plot.Line("at rest", List.of(180.0, 200.0, 250.0)),
                    new Plot.Line("the most", List.of(190.0, 230.0, 290.0))),
            OptionalDouble.of(256));
    private static final Plot.Panel NOTHING =
            new Plot.Panel("requests", "", List.of(new Plot.Line("", List.of(0.0, 0.0, 0.0))), OptionalDouble.of(0));

    private static final Plot.Panel ONE =
            new Plot.Panel("requests", "", List.of(new Plot.Line("", List.of(0.0))), OptionalDouble.empty());

    private static String svg() {
        return Plot.svg("campaigns", List.of(500, 1_000, 2_500), List.of(MEMORY, NOTHING, NOTHING));
    }

    @Test
    void theSameNumbersGiveTheSameBytes() {
        assertThat(svg()).isEqualTo(svg());
    }

    @Test
    void itIsAPictureWithACurveForEachLineAndAPointForEachSize() throws Exception {
        Document picture = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(svg())));

        assertThat(picture.getDocumentElement().getTagName()).isEqualTo("svg");
        assertThat(picture.getElementsByTagName("polyline").getLength()).isEqualTo(4);
        assertThat(picture.getElementsByTagName("circle").getLength()).isEqualTo(12);
        // Two rows of panels.
        assertThat(picture.getDocumentElement().getAttribute("height")).isEqualTo("440");
    }

    @Test
    void aGoalIsADashedLineAndSizesStandBelow() {
        assertThat(svg()).contains("stroke-dasharray").contains(">2,500</text>").contains("memory &lt; limit, MiB");
    }

    @Test
    void nothingIsDrawnAtTheBottom() {
        assertThat(Plot.svg("n", List.of(1), List.of(ONE)))
                .contains("points=\"376.0,184.0\"")
                .doesNotContain("NaN");
    }
}
