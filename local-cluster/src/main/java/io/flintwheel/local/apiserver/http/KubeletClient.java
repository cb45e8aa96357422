package io.flintwheel.local.apiserver.http;

import io.flintwheel.local.apiserver.security.CertificateAuthority;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;

/** How the server calls nodes: it shows a certificate of its authority and trusts no other. */
public final class KubeletClient {

  private static final int CONNECT_MILLIS = 5_000;

  /** A node closes connections that are idle for 30 s, maybe in the moment that one is used. */
  private static final int IDLE_SECONDS = 20;

  /** Each followed log holds a connection. */
  private static final int CONNECTIONS = 1_000;

  private KubeletClient() {}

  public static HttpClient create(Vertx vertx, CertificateAuthority authority) {
    CertificateAuthority.Signed shown =
        authority.client("kube-apiserver-kubelet-client", "system:masters");
    return vertx.createHttpClient(
        new HttpClientOptions()
            .setSsl(true)
            .setConnectTimeout(CONNECT_MILLIS)
            .setMaxPoolSize(CONNECTIONS)
            .setKeepAliveTimeout(IDLE_SECONDS)
            .setTrustOptions(
                new PemTrustOptions().addCertValue(Buffer.buffer(authority.certificatePem())))
            .setKeyCertOptions(
                new PemKeyCertOptions()
                    .addCertValue(Buffer.buffer(shown.certificate()))
                    .addKeyValue(Buffer.buffer(shown.key()))));
  }
}
