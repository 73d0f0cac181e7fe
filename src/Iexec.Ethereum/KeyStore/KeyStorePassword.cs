using System.Text;

namespace Iexec.Ethereum.KeyStore;

/// <summary>
/// Bytes of a password. The official client normalises to NFKC before UTF-8, geth takes the text as it came; so a file is
/// written the first way and opened either way. For plain ASCII there is no difference.
/// </summary>
internal static class KeyStorePassword
{
    internal static byte[] Written(string password) => Encoding.UTF8.GetBytes(password.Normalize(NormalizationForm.FormKC));

    /// <summary>The candidates to try, in order.</summary>
    internal static IEnumerable<byte[]> Read(string password)
    {
        var normalized = password.Normalize(NormalizationForm.FormKC);
        yield return Encoding.UTF8.GetBytes(normalized);
        if (!string.Equals(normalized, password, StringComparison.Ordinal))
        {
            yield return Encoding.UTF8.GetBytes(password);
        }
    }
}
