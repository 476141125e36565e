package dev.beckon.worker.login;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.zxing.BinaryBitmap;
import com.google.zxing.RGBLuminanceSource;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.qrcode.QRCodeReader;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A camera that looks at the terminal reads the link that was drawn. */
class QrDrawingTest {
    private static final int SCALE = 4;

    @Test
    void theDrawingReadsAsTheLink() throws Exception {
        String link = "tg://login?token=AQIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGRobHB0eHyA";
        List<String> lines = QrDrawing.of(link).lines().toList();
        int width = lines.getFirst().length();
        int height = lines.size() * 2;
        int[] pixels = new int[width * height * SCALE * SCALE];
        for (int y = 0; y < height * SCALE; y++) {
            for (int x = 0; x < width * SCALE; x++) {
                char block = lines.get(y / SCALE / 2).charAt(x / SCALE);
                boolean upper = y / SCALE % 2 == 0;
                boolean light = block == '█' || block == (upper ? '▀' : '▄');
                pixels[y * width * SCALE + x] = light ? 0xFFFFFF : 0;
            }
        }
        RGBLuminanceSource picture = new RGBLuminanceSource(width * SCALE, height * SCALE, pixels);
        assertThat(new QRCodeReader()
                        .decode(new BinaryBitmap(new HybridBinarizer(picture)))
                        .getText())
                .isEqualTo(link);
    }
}
