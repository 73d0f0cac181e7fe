using Iexec.Ethereum;
using Iexec.Ethereum.Abi;
using Iexec.Poco.Categories;
using Iexec.Simulation.World;

namespace Iexec.Simulation.Hub;

/// <summary>The little that the hub's owner may do, and carrying reputation over from an earlier hub.</summary>
internal static class Administration
{
    private static readonly UInt256 MaxCallbackGas = 2_000_000;
    private static readonly AbiSignature ViewScore = new("viewScore(address)");

    /// <summary>Only the owner may.</summary>
    /// <exception cref="Refusal">Somebody else.</exception>
    public static void CheckOwner(this Execution execution, Address sender) =>
        Refusal.Unless(sender == execution.State.Hub.Owner, "Ownable: caller is not the owner");

    /// <summary><c>transferOwnership</c>. OwnershipTransferred.</summary>
    public static void TransferOwnership(this Execution execution, Address sender, Address newOwner)
    {
        execution.CheckOwner(sender);
        Refusal.Unless(!newOwner.IsZero, "Ownable: new owner is the zero address");
        execution.SetOwner(sender, newOwner);
    }

    /// <summary><c>renounceOwnership</c>. OwnershipTransferred.</summary>
    public static void RenounceOwnership(this Execution execution, Address sender)
    {
        execution.CheckOwner(sender);
        execution.SetOwner(sender, Address.Zero);
    }

    /// <summary><c>setTeeBroker</c>.</summary>
    public static void SetTeeBroker(this Execution execution, Address sender, Address broker)
    {
        execution.CheckOwner(sender);
        execution.ChangeHub(hub => hub with { TeeBroker = broker });
    }

    /// <summary><c>setCallbackGas</c>: bounded, since finalization needs that gas.</summary>
    public static void SetCallbackGas(this Execution execution, Address sender, UInt256 gas)
    {
        execution.CheckOwner(sender);
        if (gas > MaxCallbackGas)
        {
            throw Refusal.Custom("CallbackGasTooHigh(uint256,uint256)", error => error.Uint(gas).Uint(MaxCallbackGas));
        }

        execution.ChangeHub(hub => hub with { CallbackGas = gas });
    }

    /// <summary><c>createCategory</c>: a time reference from 1 s to 2³² − 1 s. CreateCategory.</summary>
    public static UInt256 CreateCategory(this Execution execution, Address sender, string name, string description, UInt256 timeRefSeconds)
    {
        execution.CheckOwner(sender);
        if (timeRefSeconds.IsZero || timeRefSeconds > uint.MaxValue)
        {
            throw Refusal.Custom("TimeReferenceOutOfRange(uint256)", error => error.Uint(timeRefSeconds));
        }

        var category = new Category(execution.State.Hub.Categories.Count, name, description, (ulong)timeRefSeconds);
        execution.ChangeHub(hub => hub with { Categories = hub.Categories.Add(category) });
        execution.LogCreateCategory(category);
        return category.Id;
    }

    /// <summary><c>importScore</c>: once per worker, the score of the previous hub when it is higher.</summary>
    public static void ImportScore(this Execution execution, Address worker)
    {
        Refusal.Unless(!execution.State.Hub.ImportedScores.Contains(worker), "score-already-imported");
        execution.ChangeHub(hub => hub with { ImportedScores = hub.ImportedScores.Add(worker) });
        var call = new AbiWriter().Address(worker).ToCallData(ViewScore.Selector);
        var score = new AbiReader(execution.StaticCall(new Message(execution.Settings.Hub, execution.Settings.PreviousHub, call))).Uint();
        execution.ChangeAccount(worker, account => account with { Score = UInt256.Max(account.Score, UInt256.Min(score, ulong.MaxValue / 2)) });
    }

    private static void SetOwner(this Execution execution, Address sender, Address newOwner)
    {
        execution.LogOwnershipTransferred(execution.Settings.Hub, sender, newOwner);
        execution.ChangeHub(hub => hub with { Owner = newOwner });
    }
}
