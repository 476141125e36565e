package dev.beckon.operator.life;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Tells the operator by Redis that something changed. */
record ScriptedHint(String redis) {
    /** As a worker does: lost when nobody listens. */
    void send(String kind, String uid) {
        String message = "{\"" + kind + "\":\"" + uid + "\"}";
        String command =
                "*3\r\n$7\r\nPUBLISH\r\n$12\r\nbeckon:hints\r\n$" + message.length() + "\r\n" + message + "\r\n";
        int colon = redis.lastIndexOf(':');
        try (Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), Integer.parseInt(redis.substring(colon + 1)))) {
            socket.getOutputStream().write(command.getBytes(StandardCharsets.UTF_8));
            socket.getOutputStream().flush();
            socket.setSoTimeout(500);
            socket.getInputStream().read();
        } catch (IOException e) {
            System.out.println("No hint: Redis does not answer");
        }
    }
}
