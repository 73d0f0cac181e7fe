using Iexec.Ethereum;
using Iexec.Ethereum.Crypto;
using Iexec.Testing.Chain;

namespace Tests.Chain.Differential;

/// <summary>Who acts. Roles only say what somebody does most: everybody may try everything.</summary>
internal static class People
{
    public static PrivateKey Admin => TwinChain.Admin;

    public static IReadOnlyList<PrivateKey> Sellers { get; } = Keys(1, 2);

    public static IReadOnlyList<PrivateKey> Schedulers { get; } = Keys(11, 2);

    public static IReadOnlyList<PrivateKey> Requesters { get; } = Keys(21, 3);

    public static IReadOnlyList<PrivateKey> Workers { get; } = Keys(31, 8);

    public static PrivateKey Enclave { get; } = TestAddress.Key(41);

    public static PrivateKey Broker { get; } = TestAddress.Key(42);

    public static IReadOnlyList<PrivateKey> All { get; } = [.. Sellers, .. Schedulers, .. Requesters, .. Workers];

    /// <summary>Belongs to nobody: what fails pays into it.</summary>
    public static Address Kitty { get; } = Address.Parse("0x99c2268479b93fDe36232351229815DF80837e23");

    private static PrivateKey[] Keys(int from, int count) => [.. Enumerable.Range(from, count).Select(TestAddress.Key)];
}
