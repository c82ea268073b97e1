/** JSON text by hand: ZooKeeper's client brings no JSON library. */
final class Json {
  private Json() {}

  static String quote(String text) {
    StringBuilder out = new StringBuilder(text.length() + 2).append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') out.append('\\').append(c);
      else if (c < 0x20) out.append(String.format("\\u%04x", (int) c));
      else out.append(c);
    }
    return out.append('"').toString();
  }

  static String array(Iterable<String> texts) {
    StringBuilder out = new StringBuilder("[");
    for (String text : texts) out.append(out.length() > 1 ? "," : "").append(quote(text));
    return out.append(']').toString();
  }
}
