// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.jca.library;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.handler.ssl.SslProvider;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Netty, whose engines are the JDK's: its OpenSSL wants the bytes of keys. Keys come by their managers: Netty copies a key
 * given by itself into a store of the JDK's, which cannot keep it.
 */
class NettyTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"RSA", "EC", "Ed25519"})
    void a_channel_is_secured_by_a_key_of_the_token(String kind) throws Exception {
        EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
        try (Desk desk = Desk.in(folder)) {
            desk.issue(kind, kind);
            desk.retireAuthority();
            SslContext context = SslContextBuilder.forServer(desk.keyManagers())
                    .sslProvider(SslProvider.JDK)
                    .build();
            Channel server = new ServerBootstrap()
                    .group(group)
                    .channel(NioServerSocketChannel.class)
                    .childHandler(new Greeter(context))
                    .bind(InetAddress.getLoopbackAddress(), 0)
                    .sync()
                    .channel();
            int port = ((InetSocketAddress) server.localAddress()).getPort();
            try (SSLSocket client = (SSLSocket)
                    desk.trusting().getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port)) {
                byte[] greeting = client.getInputStream().readNBytes(6);
                assertEquals("served", new String(greeting, StandardCharsets.US_ASCII));
                X509Certificate shown = (X509Certificate) client.getSession().getPeerCertificates()[0];
                assertEquals("CN=" + kind, shown.getSubjectX500Principal().getName());
            }
        } finally {
            group.shutdownGracefully().sync();
        }
    }

    private static final class Greeter extends ChannelInitializer<SocketChannel> {
        private final SslContext context;

        Greeter(SslContext context) {
            this.context = context;
        }

        @Override
        protected void initChannel(SocketChannel channel) {
            channel.pipeline().addLast(context.newHandler(channel.alloc()), new ChannelInboundHandlerAdapter() {
                @Override
                public void userEventTriggered(ChannelHandlerContext handling, Object event) {
                    if (event instanceof SslHandshakeCompletionEvent done && done.isSuccess()) {
                        var unused = handling.writeAndFlush(Unpooled.copiedBuffer("served", StandardCharsets.US_ASCII));
                    }
                }
            });
        }
    }
}
