using Iexec.Ethereum;
using Iexec.Ethereum.Abi;
using Iexec.Ethereum.JsonRpc;
using Iexec.Poco.Chain;
using Iexec.Poco.Contracts;
using Iexec.Poco.Deployment;
using Iexec.Sdk.Chains;
using Iexec.Sdk.Errors;

namespace Iexec.Sdk.Groups;

/// <summary>A group of accounts.</summary>
/// <param name="Members">In the order of their addresses; null when the node gives no logs from the beginning.</param>
internal sealed record AccountGroup(Address Address, Address Owner, Address PendingOwner, IReadOnlyList<Address>? Members);

/// <summary>Groups of accounts, for the restrictions of orders (ERC-734, purpose 4).</summary>
internal static class GroupActions
{
    /// <summary>Accounts in one transaction: each new one costs about 25 000 gas.</summary>
    public const int MostAccounts = 200;

    /// <summary>A new group of the wallet, and the address that it will have.</summary>
    /// <exception cref="IexecException">ConfigurationError: the chain has no factory; ValidationError; BusinessError: the wallet has made it already.</exception>
    public static async Task<(Address Group, PlannedTransaction Transaction)> PlanCreateAsync(
        ChainConnection chain, Address owner, Bytes32 salt, IReadOnlyList<Address> accounts, CancellationToken cancellationToken)
    {
        RequireFew(accounts);
        var factory = HubDeployer.GroupFactory;
        var group = await chain.ReadAsync(async _ =>
        {
            var reply = await chain.Eth.CallAsync(new EthCall(null, factory, GroupFactoryContract.EncodePredictGroup(owner, salt)), null, cancellationToken)
                .ConfigureAwait(false);
            return reply.Length == 0 ? (Address?)null : GroupFactoryContract.DecodePredictGroup(reply);
        }).ConfigureAwait(false) ?? throw new IexecException(
            ErrorCode.ConfigurationError, $"This chain has no group factory at {factory}", "It is deployed together with the contracts: see contracts/deployment.md, step 10.");
        var code = await chain.ReadAsync(_ => chain.Eth.GetCodeAsync(group, cancellationToken)).ConfigureAwait(false);
        return code.Length == 0
            ? (group, new PlannedTransaction($"create group {group}", new ContractCall(factory, GroupFactoryContract.EncodeCreateGroup(salt, [.. accounts]))))
            : throw new IexecException(ErrorCode.BusinessError, $"You have made group {group} with this salt already", new Advice("Leave the salt to chance for a new group.", Remedy.LeaveSaltOut));
    }

    /// <summary>Makes accounts members.</summary>
    /// <exception cref="IexecException">ObjectNotFoundError: no group; BusinessError: not its owner.</exception>
    public static async Task<PlannedTransaction> PlanAddAsync(ChainConnection chain, Address wallet, Address group, IReadOnlyList<Address> accounts, CancellationToken cancellationToken)
    {
        await RequireOwnerAsync(chain, wallet, group, accounts, cancellationToken).ConfigureAwait(false);
        return new PlannedTransaction($"add {accounts.Count} accounts to group {group}", new ContractCall(group, GroupContract.EncodeAdd([.. accounts])));
    }

    /// <summary>Ends memberships.</summary>
    /// <exception cref="IexecException">As <see cref="PlanAddAsync"/>.</exception>
    public static async Task<PlannedTransaction> PlanRemoveAsync(ChainConnection chain, Address wallet, Address group, IReadOnlyList<Address> accounts, CancellationToken cancellationToken)
    {
        await RequireOwnerAsync(chain, wallet, group, accounts, cancellationToken).ConfigureAwait(false);
        return new PlannedTransaction($"remove {accounts.Count} accounts from group {group}", new ContractCall(group, GroupContract.EncodeRemove([.. accounts])));
    }

    /// <summary>Owner and members.</summary>
    /// <exception cref="IexecException">ObjectNotFoundError: no group at the address.</exception>
    public static async Task<AccountGroup> GetAsync(ChainConnection chain, Address group, CancellationToken cancellationToken)
    {
        var (owner, pending) = await chain.ReadAsync(async _ =>
        {
            var replies = await chain.Eth.CallManyAsync([new EthCall(null, group, GroupContract.EncodeOwner()), new EthCall(null, group, GroupContract.EncodePendingOwner())], null, cancellationToken)
                .ConfigureAwait(false);
            return (Read(replies[0]), Read(replies[1]));
        }).ConfigureAwait(false);
        return owner is { } known && pending is { } next
            ? new AccountGroup(group, known, next, await GroupMembers.ReadAsync(chain, group, cancellationToken).ConfigureAwait(false))
            : throw new IexecException(ErrorCode.ObjectNotFoundError, $"No group at {group} on chain {chain.ChainId}", new Advice("Check the address and the network, or make a group.", Remedy.MakeGroup));
    }

    /// <summary>Whether each account is a member.</summary>
    public static Task<bool[]> AreMembersAsync(ChainConnection chain, Address group, IReadOnlyList<Address> accounts, CancellationToken cancellationToken) =>
        chain.ReadAsync(hub => Task.WhenAll(accounts.Select(account => hub.IsAllowedAsync(group, account, cancellationToken))));

    private static async Task RequireOwnerAsync(ChainConnection chain, Address wallet, Address group, IReadOnlyList<Address> accounts, CancellationToken cancellationToken)
    {
        RequireFew(accounts);
        var owner = (await GetAsync(chain, group, cancellationToken).ConfigureAwait(false)).Owner;
        if (owner != wallet)
        {
            throw new IexecException(
                ErrorCode.BusinessError, $"Only the owner of group {group} decides on its members", owner.IsZero ? "It has no owner: its members stay what they are." : new Advice($"The owner is {owner}: use its wallet.", Remedy.UseWalletOfOwner, owner.ToString()));
        }
    }

    private static void RequireFew(IReadOnlyList<Address> accounts)
    {
        if (accounts.Count > MostAccounts)
        {
            throw new IexecException(ErrorCode.ValidationError, $"{accounts.Count} accounts are too many for one transaction", new Advice($"Give up to {MostAccounts} at once, and add the others.", Remedy.AddMembers, $"{MostAccounts}"));
        }
    }

    private static Address? Read(CallReply reply)
    {
        try
        {
            return reply.Data is { Length: 32 } data ? GroupContract.DecodeOwner(data) : null;
        }
        catch (AbiException)
        {
            return null;
        }
    }
}
