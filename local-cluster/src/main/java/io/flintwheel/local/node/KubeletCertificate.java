package io.flintwheel.local.node;

import java.io.IOException;
import java.io.Reader;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Clock;
import java.time.Duration;
import java.util.Date;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * The certificate with which the node serves its own API. The cluster's authority signs it, and
 * only clients with a certificate of the same authority are let in: that is the API server.
 */
final class KubeletCertificate {

  private static final Duration CLOCK_SKEW = Duration.ofHours(1);
  private static final Duration LIFETIME = Duration.ofDays(365);
  private static final char[] PASSWORD = new char[0];

  private KubeletCertificate() {}

  /**
   * @param pki a directory with the authority's {@code ca.crt} and {@code ca.key}
   * @param address the address that the certificate is for
   */
  static SSLContext serve(Path pki, String nodeName, String address, Clock clock)
      throws IOException {
    try {
      X509Certificate authority = certificate(pki.resolve("ca.crt"));
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      KeyPair keys = generator.generateKeyPair();
      X509Certificate own =
          sign(authority, key(pki.resolve("ca.key")), keys, nodeName, address, clock);

      KeyStore identity = KeyStore.getInstance("PKCS12");
      identity.load(null, PASSWORD);
      identity.setKeyEntry(
          "kubelet", keys.getPrivate(), PASSWORD, new X509Certificate[] {own, authority});
      KeyManagerFactory keyManagers = KeyManagerFactory.getInstance("PKIX");
      keyManagers.init(identity, PASSWORD);

      KeyStore trusted = KeyStore.getInstance("PKCS12");
      trusted.load(null, PASSWORD);
      trusted.setCertificateEntry("authority", authority);
      TrustManagerFactory trustManagers = TrustManagerFactory.getInstance("PKIX");
      trustManagers.init(trusted);

      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keyManagers.getKeyManagers(), trustManagers.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException | OperatorCreationException e) {
      throw new IOException("no serving certificate from the authority in " + pki, e);
    }
  }

  private static X509Certificate sign(
      X509Certificate authority,
      PrivateKey authorityKey,
      KeyPair keys,
      String nodeName,
      String address,
      Clock clock)
      throws IOException, GeneralSecurityException, OperatorCreationException {
    var now = clock.instant();
    var builder =
        new JcaX509v3CertificateBuilder(
            authority,
            new BigInteger(Long.SIZE, new SecureRandom()).add(BigInteger.ONE),
            Date.from(now.minus(CLOCK_SKEW)),
            Date.from(now.plus(LIFETIME)),
            new X500Principal("O=system:nodes, CN=system:node:" + nodeName),
            keys.getPublic());
    builder.addExtension(
        Extension.subjectAlternativeName,
        false,
        new GeneralNames(new GeneralName(GeneralName.iPAddress, address)));
    builder.addExtension(
        Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth));
    String algorithm = authorityKey.getAlgorithm().equals("RSA") ? "RSA" : "ECDSA";
    var signer = new JcaContentSignerBuilder("SHA256with" + algorithm).build(authorityKey);
    return new JcaX509CertificateConverter().getCertificate(builder.build(signer));
  }

  private static X509Certificate certificate(Path file)
      throws IOException, GeneralSecurityException {
    try (var in = Files.newInputStream(file)) {
      return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
    }
  }

  private static PrivateKey key(Path file) throws IOException {
    try (Reader reader = Files.newBufferedReader(file);
        PEMParser parser = new PEMParser(reader)) {
      Object content = parser.readObject();
      PrivateKeyInfo key =
          content instanceof PEMKeyPair pair ? pair.getPrivateKeyInfo() : (PrivateKeyInfo) content;
      return new JcaPEMKeyConverter().getPrivateKey(key);
    }
  }
}
