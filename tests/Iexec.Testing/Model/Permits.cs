using Iexec.Ethereum;
using Iexec.Ethereum.Abi;
using Iexec.Ethereum.Crypto;
using Iexec.Ethereum.Eip712;

namespace Iexec.Testing.Model;

/// <summary>Permits of the token (EIP-2612) as wallets sign them.</summary>
internal static class Permits
{
    private static readonly Bytes32 Type = Keccak256.Hash("Permit(address owner,address spender,uint256 value,uint256 nonce,uint256 deadline)");

    /// <summary>Writes amount, deadline, v, r, s: a permit of the owner for the hub; now and then expired or for another amount.</summary>
    public static void Write(Market market, AbiWriter call, Address owner, UInt256 amount)
    {
        var deadline = market.Dice.Chance(90) ? market.Now + 100 : market.Now - 1;
        var signed = market.Dice.Chance(90) ? amount : Market.OneMore(amount);
        var sign = Sign(market, owner, market.Hub.Hub, signed, deadline);
        call.Uint(amount).Uint(deadline).Uint((ulong)sign[64]).Bytes32(new(sign.AsSpan(..32))).Bytes32(new(sign.AsSpan(32..64)));
    }

    /// <summary>65 bytes r, s, v.</summary>
    public static byte[] Sign(Market market, Address owner, Address spender, UInt256 amount, UInt256 deadline)
    {
        var nonce = market.State.Token.Nonces.GetValueOrDefault(owner);
        var fields = new AbiWriter().Bytes32(Type).Address(owner).Address(spender).Uint(amount).Uint(nonce).Uint(deadline).ToArray();
        var domain = new Eip712Domain("iEx.ec Network Token", "v1.0", market.Hub.ChainId, market.Hub.Token);
        return market.Actors.Sign(owner, domain.Digest(Keccak256.Hash(fields)));
    }
}
