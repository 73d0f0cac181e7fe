using Iexec.Ethereum;
using Iexec.Ethereum.Crypto;
using Iexec.Testing.Chain;

namespace Iexec.Testing.Model;

/// <summary>Who takes part: keys by role, and contracts of strangers. Roles overlap: anybody may own anything.</summary>
internal sealed class Actors
{
    private readonly Dictionary<Address, PrivateKey> _keys;

    public Actors()
    {
        All = [Owner, .. Enumerable.Range(1, 14).Select(TestAddress.Key)];
        Sellers = [.. All.Skip(1).Take(5)];
        Requesters = [.. All.Skip(5).Take(4)];
        Workers = [.. All.Skip(8).Take(6)];
        _keys = All.Append(Enclave).Append(Delegated).ToDictionary(key => key.Address);
    }

    /// <summary>Who deployed the contracts, owns them, and had the whole supply of RLC.</summary>
    public static PrivateKey Owner => AnvilProcess.Keys[0];

    public IReadOnlyList<PrivateKey> All { get; }

    public IReadOnlyList<PrivateKey> Sellers { get; }

    public IReadOnlyList<PrivateKey> Requesters { get; }

    public IReadOnlyList<PrivateKey> Workers { get; }

    /// <summary>The key inside an enclave.</summary>
    public PrivateKey Enclave { get; } = TestAddress.Key(99);

    /// <summary>A wallet whose contract confirms every signature; it can own and buy.</summary>
    public static Address Wallet { get; } = TestAddress.Of(1001);

    /// <summary>An account with a key and with code that confirms nothing, as EIP-7702 makes them; it buys.</summary>
    public static PrivateKey Delegated { get; } = TestAddress.Key(98);

    /// <summary>Contracts by address.</summary>
    public static IReadOnlyDictionary<Address, Stranger> Contracts { get; } = new Dictionary<Address, Stranger>
    {
        [Wallet] = Strangers.Agreeing,
        [Delegated.Address] = Strangers.Reverting,
        [TestAddress.Of(1002)] = Strangers.Reverting,
        [TestAddress.Of(1003)] = Strangers.Mute,
        [TestAddress.Of(1004)] = Strangers.EvenGroup,
        [TestAddress.Of(1005)] = Strangers.Counting,
        [TestAddress.Of(1006)] = Strangers.Reentering,
    };

    public static IReadOnlyList<Address> ContractAddresses { get; } = [.. Contracts.Keys];

    /// <summary>Signs with the account's key. A contract gets bytes that mean nothing.</summary>
    public byte[] Sign(Address account, Bytes32 digest) => _keys.TryGetValue(account, out var key) ? key.Sign(digest).ToArray() : new byte[65];

    /// <summary>Signs the bytes of a hash as a personal message.</summary>
    public byte[] SignPersonal(Address account, Bytes32 hash) => Sign(account, Eip191.HashMessage(hash.AsSpan()));
}
