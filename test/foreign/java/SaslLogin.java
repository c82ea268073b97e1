import java.util.Map;
import javax.security.auth.login.AppConfigurationEntry;
import javax.security.auth.login.AppConfigurationEntry.LoginModuleControlFlag;
import javax.security.auth.login.Configuration;

/** A JAAS configuration in memory, so that no password is written to a file or passed as an argument. */
final class SaslLogin extends Configuration {
  private final Map<String, String> account;

  private SaslLogin(String username, String password) {
    this.account = Map.of("username", username, "password", password);
  }

  /** Makes sessions opened from now on log in by DIGEST-MD5. */
  static void use(String username, String password) {
    Configuration.setConfiguration(new SaslLogin(username, password));
    // From 3.9 on the Java client takes DIGEST-MD5 for too weak unless told otherwise.
    System.setProperty("zookeeper.fips-mode", "false");
  }

  @Override
  public AppConfigurationEntry[] getAppConfigurationEntry(String name) {
    if (!name.equals("Client")) return null;
    return new AppConfigurationEntry[] {
      new AppConfigurationEntry(
          "org.apache.zookeeper.server.auth.DigestLoginModule", LoginModuleControlFlag.REQUIRED, account)
    };
  }
}
