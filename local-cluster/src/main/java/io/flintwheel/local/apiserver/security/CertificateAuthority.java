package io.flintwheel.local.apiserver.security;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * Signs the certificates of one local cluster. Made anew at each start; its files lie where the
 * testbed's do ({@code ca.crt}, {@code ca.key}), so that a node finds them in either place.
 */
public final class CertificateAuthority {

  private static final Duration VALIDITY = Duration.ofDays(365);

  private final SecureRandom random = new SecureRandom();
  private final Clock clock;
  private final KeyPair keys;
  private final X509Certificate certificate;

  /** A private key and the certificate of its public half, both PEM. */
  public record Signed(String certificate, String key) {}

  public CertificateAuthority(Clock clock) {
    this.clock = clock;
    this.keys = newKeys();
    X500Name name = new X500Name("CN=flintwheel-local-ca");
    X509v3CertificateBuilder builder = builder(name, name, keys);
    try {
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
      builder.addExtension(
          Extension.keyUsage,
          true,
          new KeyUsage(KeyUsage.keyCertSign | KeyUsage.digitalSignature | KeyUsage.cRLSign));
      this.certificate = sign(builder);
    } catch (IOException e) {
      throw new UncheckedIOException("the authority's certificate could not be made", e);
    }
  }

  public String certificatePem() {
    return pem(certificate);
  }

  /** Writes {@code ca.crt} and {@code ca.key}, the key readable by its owner alone. */
  public void write(Path directory) throws IOException {
    Files.createDirectories(directory);
    Files.writeString(directory.resolve("ca.crt"), certificatePem());
    PrivateFiles.write(directory.resolve("ca.key"), pem(keys.getPrivate()));
  }

  /** A certificate for a server on these addresses and names. */
  public Signed serving(String commonName, List<String> addresses, List<String> names) {
    List<GeneralName> alternatives = new ArrayList<>();
    addresses.forEach(address -> alternatives.add(new GeneralName(GeneralName.iPAddress, address)));
    names.forEach(name -> alternatives.add(new GeneralName(GeneralName.dNSName, name)));
    return issue("CN=" + commonName, KeyPurposeId.id_kp_serverAuth, alternatives);
  }

  /** A certificate by which a client shows who it is. */
  public Signed client(String commonName, String organization) {
    return issue(
        "O=" + organization + ",CN=" + commonName, KeyPurposeId.id_kp_clientAuth, List.of());
  }

  private Signed issue(String subject, KeyPurposeId purpose, List<GeneralName> alternatives) {
    KeyPair pair = newKeys();
    X500Name issuer = new X500Name("CN=flintwheel-local-ca");
    X509v3CertificateBuilder builder = builder(issuer, new X500Name(subject), pair);
    try {
      builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
      builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purpose));
      if (!alternatives.isEmpty()) {
        builder.addExtension(
            Extension.subjectAlternativeName,
            false,
            new GeneralNames(alternatives.toArray(GeneralName[]::new)));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("a certificate could not be made", e);
    }
    return new Signed(pem(sign(builder)), pem(pair.getPrivate()));
  }

  private X509v3CertificateBuilder builder(X500Name issuer, X500Name subject, KeyPair pair) {
    Instant now = clock.instant();
    return new JcaX509v3CertificateBuilder(
        issuer,
        new BigInteger(127, random),
        Date.from(now.minus(Duration.ofHours(1))),
        Date.from(now.plus(VALIDITY)),
        subject,
        pair.getPublic());
  }

  private X509Certificate sign(X509v3CertificateBuilder builder) {
    try {
      return new JcaX509CertificateConverter()
          .getCertificate(
              builder.build(
                  new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate())));
    } catch (OperatorCreationException | GeneralSecurityException e) {
      throw new IllegalStateException("a certificate could not be signed", e);
    }
  }

  private static KeyPair newKeys() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JDK has no P-256 keys", e);
    }
  }

  private static String pem(X509Certificate certificate) {
    return written(certificate);
  }

  private static String pem(PrivateKey key) {
    try {
      return written(new JcaPKCS8Generator(key, null));
    } catch (IOException e) {
      throw new UncheckedIOException("a key could not be encoded", e);
    }
  }

  private static String written(Object value) {
    StringWriter text = new StringWriter();
    try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
      writer.writeObject(value);
    } catch (IOException e) {
      throw new UncheckedIOException("a certificate or key could not be encoded", e);
    }
    return text.toString();
  }
}
