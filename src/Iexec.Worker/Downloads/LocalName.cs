using System.Security.Cryptography;
using System.Text;
using Iexec.Ethereum;

namespace Iexec.Worker.Downloads;

/// <summary>Names of input files in <c>/iexec_in</c>, as every iExec worker gives them.</summary>
public static class LocalName
{
    /// <summary><c>0x</c> and the SHA-256 of the URL's UTF-8 form: whatever the URL says, the name stays in the folder.</summary>
    public static string Of(string url) => Hex.Encode(SHA256.HashData(Encoding.UTF8.GetBytes(url)));
}
