using Iexec.Ethereum;
using Iexec.Ethereum.Abi;

namespace Iexec.Poco.Contracts;

/// <summary>Registries, their entries, the token, and group contracts: signatures and views.</summary>
internal static class AssetContracts
{
    public static readonly AbiSignature CreateApp = new("createApp(address,string,string,bytes,bytes32,bytes)");
    public static readonly AbiSignature CreateDataset = new("createDataset(address,string,bytes,bytes32)");
    public static readonly AbiSignature CreateWorkerpool = new("createWorkerpool(address,string)");
    public static readonly AbiSignature Transfer = new("transfer(address,uint256)");
    public static readonly AbiSignature ApproveAndCall = new("approveAndCall(address,uint256,bytes)");

    private static readonly AbiSignature IsRegisteredFunction = new("isRegistered(address)");
    private static readonly AbiSignature BalanceOfFunction = new("balanceOf(address)");
    private static readonly AbiSignature TokenOfOwnerByIndexFunction = new("tokenOfOwnerByIndex(address,uint256)");
    private static readonly AbiSignature KeyHasPurposeFunction = new("keyHasPurpose(bytes32,uint256)");

    // The purpose that marks the members of a group (ERC-734).
    private const int GroupMemberPurpose = 4;

    public static ContractView<bool> IsRegistered(Address registry, Address asset) =>
        View(registry, IsRegisteredFunction, call => call.Address(asset), static answer => answer.Bool());

    /// <summary>Of the token in nRLC, of a registry in assets.</summary>
    public static ContractView<UInt256> BalanceOf(Address contract, Address owner) =>
        View(contract, BalanceOfFunction, call => call.Address(owner), static answer => answer.Uint());

    public static ContractView<Address> AssetByIndex(Address registry, Address owner, ulong index) => View(
        registry,
        TokenOfOwnerByIndexFunction,
        call => call.Address(owner).Uint(index),
        static answer => new Address(answer.Uint().ToBytes32().AsSpan()[12..]));

    public static ContractView<bool> IsGroupMember(Address group, Address account) => View(
        group,
        KeyHasPurposeFunction,
        call => call.Uint(UInt256.FromBigEndian(account.AsSpan())).Uint(GroupMemberPurpose),
        static answer => answer.Bool());

    /// <summary>A getter of an entry without arguments.</summary>
    public static ContractView<T> Getter<T>(Address entry, string name, Func<AbiReader, T> read) =>
        View(entry, new AbiSignature($"{name}()"), static _ => { }, read);

    private static ContractView<T> View<T>(Address contract, AbiSignature function, Action<AbiWriter> arguments, Func<AbiReader, T> read)
    {
        var writer = new AbiWriter();
        arguments(writer);
        return new ContractView<T>(contract, writer.ToCallData(function.Selector), read);
    }
}
