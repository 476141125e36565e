package dev.beckon.worker.login;

import com.google.zxing.WriterException;
import com.google.zxing.qrcode.decoder.ErrorCorrectionLevel;
import com.google.zxing.qrcode.encoder.ByteMatrix;
import com.google.zxing.qrcode.encoder.Encoder;

/** A QR code as text for a terminal: two rows of modules a line, by Unicode's half blocks. */
final class QrDrawing {
    /** The standard (ISO/IEC 18004) asks for four modules of quiet zone. */
    private static final int QUIET_ZONE = 4;

    private QrDrawing() {}

    /** Light modules are drawn, dark ones left blank, so that it scans on a dark terminal. */
    static String of(String text) {
        ByteMatrix modules;
        try {
            modules = Encoder.encode(text, ErrorCorrectionLevel.L).getMatrix();
        } catch (WriterException e) {
            throw new IllegalArgumentException("The text is too long for a QR code", e);
        }
        int size = modules.getWidth() + 2 * QUIET_ZONE;
        StringBuilder drawing = new StringBuilder(size * (size + 1));
        for (int y = 0; y < size; y += 2) {
            for (int x = 0; x < size; x++) {
                boolean upper = light(modules, x, y);
                boolean lower = y + 1 < size && light(modules, x, y + 1);
                drawing.append(upper ? lower ? '█' : '▀' : lower ? '▄' : ' ');
            }
            drawing.append('\n');
        }
        return drawing.toString();
    }

    private static boolean light(ByteMatrix modules, int x, int y) {
        int column = x - QUIET_ZONE;
        int row = y - QUIET_ZONE;
        boolean inside = column >= 0 && row >= 0 && column < modules.getWidth() && row < modules.getHeight();
        return !inside || modules.get(column, row) == 0;
    }
}
