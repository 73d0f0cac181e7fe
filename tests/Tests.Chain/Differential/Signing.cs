using Iexec.Ethereum;
using Iexec.Ethereum.Crypto;
using Iexec.Poco.Orders;

namespace Tests.Chain.Differential;

/// <summary>Signs for both sides, mostly well.</summary>
internal static class Signing
{
    private const int FirstBadForm = 92;
    private const int LastBadForm = 97;

    public static TwinOrder<TOrder> Sign<TOrder>(World world, OrderSchema<TOrder> schema, Func<Side, TOrder> terms, PrivateKey owner, TwinAsset? asset = null)
        where TOrder : Order
    {
        var (dice, salt) = (world.Dice, new Bytes32(world.Dice.Bytes(Bytes32.Size)));
        var form = dice.Below(100);
        var hash = Twin.Of(side => schema.Hash(schema.WithSalt(terms(side), salt), world.Chain.Hubs[side].Domain));
        world.Chain.Words.Add(Twin.Of(side => hash[side].Value));
        var signed = Twin.Of(side => new Signed<TOrder>(schema.WithSalt(terms(side), salt), Form(form, owner, hash[side].Value)));
        return new TwinOrder<TOrder>(signed, hash, owner, asset, form < FirstBadForm || form > LastBadForm || asset is { Wallet: not null });
    }

    /// <summary>A signature in one of the forms that exist; a few of them do not count.</summary>
    public static byte[] Form(int form, PrivateKey key, Bytes32 digest)
    {
        var signature = key.Sign(digest);
        return form switch
        {
            < 80 => signature.ToArray(),
            < 92 => Compact(signature),
            92 => [.. signature.ToArray()[..64], (byte)(signature.V - 27)],
            93 => signature.ToArray()[..63],
            94 => People.Enclave.Sign(digest).ToArray(),
            95 => [],
            96 => new byte[Signature.Size],
            97 => HighS(signature),
            _ => signature.ToArray(),
        };
    }

    /// <summary>EIP-2098: the parity of y in the top bit of s.</summary>
    private static byte[] Compact(Signature signature)
    {
        byte[] bytes = [.. signature.R.AsSpan(), .. signature.S.AsSpan()];
        bytes[32] |= (byte)((signature.V - 27) << 7);
        return bytes;
    }

    /// <summary>The other signature that the curve allows for the same key and digest, which EIP-2 forbids.</summary>
    private static byte[] HighS(Signature signature)
    {
        var order = UInt256.Parse("0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141");
        var s = order - UInt256.FromBigEndian(signature.S.AsSpan());
        return [.. signature.R.AsSpan(), .. s.ToBytes32().AsSpan(), (byte)(signature.V == 27 ? 28 : 27)];
    }
}
