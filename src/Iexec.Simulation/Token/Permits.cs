using Iexec.Ethereum;
using Iexec.Ethereum.Abi;
using Iexec.Ethereum.Crypto;
using Iexec.Ethereum.Eip712;
using Iexec.Simulation.World;

namespace Iexec.Simulation.Token;

/// <summary>Allowances by signature (EIP-2612): anybody may bring one to the token, once.</summary>
internal static class Permits
{
    private static readonly Bytes32 PermitType =
        Keccak256.Hash("Permit(address owner,address spender,uint256 value,uint256 nonce,uint256 deadline)");

    public static FunctionTable Table => new()
    {
        ["permit(address,address,uint256,uint256,uint8,bytes32,bytes32)"] = (execution, _, arguments, _) => Use(
            execution, arguments.Address(), arguments.Address(), arguments.Uint(), arguments.Uint(), arguments.Byte(), arguments.Bytes32(), arguments.Bytes32()),
        ["nonces(address)"] = (execution, _, arguments, results) => results.Uint(execution.State.Token.Nonces.GetValueOrDefault(arguments.Address())),
        ["DOMAIN_SEPARATOR()"] = (execution, _, _, results) => results.Bytes32(Domain(execution).Separator),
    };

    private static Eip712Domain Domain(Execution execution)
    {
        var hub = execution.Settings.Configuration;
        return new Eip712Domain(RlcCode.Name, RlcCode.Version, hub.ChainId, hub.Token);
    }

    private static void Use(Execution execution, Address owner, Address spender, UInt256 value, UInt256 deadline, byte v, Bytes32 r, Bytes32 s)
    {
        if (execution.Timestamp > deadline)
        {
            throw Refusal.Custom("ERC2612ExpiredSignature(uint256)", error => error.Uint(deadline));
        }

        var token = execution.State.Token;
        var nonce = token.Nonces.GetValueOrDefault(owner);
        var fields = new AbiWriter().Bytes32(PermitType).Address(owner).Address(spender).Uint(value).Uint(nonce).Uint(deadline).ToArray();
        var digest = Domain(execution).Digest(Keccak256.Hash(fields));
        var signer = v is 27 or 28 ? PublicKey.RecoverAddress(digest, new Signature(r, s, v)) : null;
        if (signer is null || signer != owner)
        {
            throw Refusal.Custom("ERC2612InvalidSigner(address,address)", error => error.Address(signer ?? Address.Zero).Address(owner));
        }

        execution.State = execution.State with { Token = token with { Nonces = token.Nonces.SetItem(owner, nonce + 1) } };
        RlcCode.Approve(execution, owner, spender, value);
    }
}
