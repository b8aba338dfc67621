// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.jca.library;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.grpc.CallOptions;
import io.grpc.Grpc;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.netty.shaded.io.netty.handler.ssl.ClientAuth;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContextBuilder;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslProvider;
import io.grpc.stub.ClientCalls;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** gRPC with mutual TLS. */
class GrpcTest {
    private static final MethodDescriptor<String, String> WHO_AM_I = MethodDescriptor.<String, String>newBuilder()
            .setType(MethodDescriptor.MethodType.UNARY)
            .setFullMethodName("test.Desk/WhoAmI")
            .setRequestMarshaller(new Text())
            .setResponseMarshaller(new Text())
            .build();

    @TempDir
    Path folder;

    @Test
    void both_ends_of_a_call_show_a_certificate_of_the_token() throws Exception {
        try (Desk desk = Desk.in(folder)) {
            desk.issue("EC", "party");
            desk.retireAuthority();
            Server server = NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                    .sslContext(
                            GrpcSslContexts.configure(SslContextBuilder.forServer(desk.keyManagers()), SslProvider.JDK)
                                    .trustManager(desk.root())
                                    .clientAuth(ClientAuth.REQUIRE)
                                    .build())
                    .addService(ServerServiceDefinition.builder("test.Desk")
                            .addMethod(WHO_AM_I, GrpcTest::answer)
                            .build())
                    .build()
                    .start();
            ManagedChannel channel = NettyChannelBuilder.forAddress("localhost", server.getPort())
                    .sslContext(GrpcSslContexts.configure(SslContextBuilder.forClient(), SslProvider.JDK)
                            .keyManager(desk.keyManagers())
                            .trustManager(desk.root())
                            .build())
                    .build();
            try {
                assertEquals(
                        "CN=party", ClientCalls.blockingUnaryCall(channel, WHO_AM_I, CallOptions.DEFAULT, "who am I?"));
            } finally {
                channel.shutdownNow();
                server.shutdownNow();
                server.awaitTermination();
            }
        }
    }

    private static ServerCall.Listener<String> answer(ServerCall<String, String> call, Metadata headers) {
        call.request(1);
        return new ServerCall.Listener<>() {
            @Override
            public void onHalfClose() {
                call.sendHeaders(new Metadata());
                call.sendMessage(peer(call.getAttributes().get(Grpc.TRANSPORT_ATTR_SSL_SESSION)));
                call.close(Status.OK, new Metadata());
            }
        };
    }

    private static String peer(SSLSession session) {
        try {
            return ((X509Certificate) session.getPeerCertificates()[0])
                    .getSubjectX500Principal()
                    .getName();
        } catch (SSLPeerUnverifiedException e) {
            return e.toString();
        }
    }

    private static final class Text implements MethodDescriptor.Marshaller<String> {
        @Override
        public InputStream stream(String value) {
            return new ByteArrayInputStream(value.getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public String parse(InputStream stream) {
            try {
                return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
