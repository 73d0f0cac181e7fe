using Iexec.Ethereum;
using Iexec.Ethereum.Crypto;
using Iexec.Ethereum.Eip712;

namespace Iexec.Sdk.Wire.Scheduler;

/// <summary>
/// What a worker signs to log in. Workers of ours sign EIP-712 typed data bound to chain and pool. The older scheme signs
/// keccak-256 of bytes that the server chooses, without a prefix: a hostile server could have a transaction signed, therefore it is
/// understood by our scheduler but never made by our worker.
/// </summary>
internal static class WorkerLogin
{
    /// <summary>EIP-712 digest of <c>WorkerLogin(address worker,string challenge)</c> in the pool's domain.</summary>
    public static Bytes32 Digest(ulong chainId, Address workerpool, Address worker, string challenge) =>
        new Eip712Domain("iExec Scheduler", "1", chainId, workerpool).Digest(
            Keccak256.Hash(
            [
                .. Keccak256.Hash("WorkerLogin(address worker,string challenge)").AsSpan(),
                .. new byte[Bytes32.Size - Address.Size], .. worker.AsSpan(),
                .. Keccak256.Hash(challenge).AsSpan(),
            ]));

    /// <summary>The older scheme: keccak-256 of the challenge's bytes; only for challenges that are 0x and 64 hexadecimal digits.</summary>
    /// <exception cref="FormatException">Another challenge.</exception>
    public static Bytes32 LegacyDigest(string challenge) => Keccak256.Hash(Bytes32.Parse(challenge).AsSpan());
}
