using System.Globalization;
using System.Text;

namespace Iexec.Ethereum.Crypto;

/// <summary>EIP-191 version 0x45, "personal sign".</summary>
public static class Eip191
{
    /// <summary>keccak-256("\x19Ethereum Signed Message:\n" ‖ decimal length ‖ message).</summary>
    public static Bytes32 HashMessage(ReadOnlySpan<byte> message)
    {
        var prefix = Encoding.ASCII.GetBytes("\x19" + "Ethereum Signed Message:\n" + message.Length.ToString(CultureInfo.InvariantCulture));
        return Keccak256.Hash([.. prefix, .. message]);
    }
}
