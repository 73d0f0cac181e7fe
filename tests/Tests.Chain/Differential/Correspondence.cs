using Iexec.Ethereum;

namespace Tests.Chain.Differential;

/// <summary>
/// What the official side calls one thing, ours calls another: contracts stand at other addresses, and every hash that covers the signing domain
/// differs. Data of the official side is compared after its words were replaced by ours.
/// </summary>
internal sealed class Correspondence
{
    private readonly Dictionary<Bytes32, Bytes32> _ours = [];

    public void Add(Twin<Bytes32> twin)
    {
        if (_ours.TryGetValue(twin.Official, out var known) && known != twin.Ours)
        {
            throw new InvalidOperationException($"{twin.Official} stands for {known} already and cannot stand for {twin.Ours}.");
        }

        _ours[twin.Official] = twin.Ours;
    }

    public void Add(Twin<Address> twin) => Add(Twin.Of(side => Word(twin[side])));

    public Address ToOurs(Address official) => new(ToOurs(Word(official)).AsSpan()[12..]);

    public Bytes32 ToOurs(Bytes32 official) => _ours.GetValueOrDefault(official, official);

    /// <summary>ABI data: words, behind four bytes of a selector when its length says so.</summary>
    public byte[] ToOurs(byte[] official)
    {
        var data = (byte[])official.Clone();
        for (var at = data.Length % Bytes32.Size == 4 ? 4 : 0; at + Bytes32.Size <= data.Length; at += Bytes32.Size)
        {
            var word = data.AsSpan(at, Bytes32.Size);
            ToOurs(new Bytes32(word)).AsSpan().CopyTo(word);
        }

        return data;
    }

    private static Bytes32 Word(Address address)
    {
        Span<byte> word = stackalloc byte[Bytes32.Size];
        address.AsSpan().CopyTo(word[12..]);
        return new Bytes32(word);
    }
}
