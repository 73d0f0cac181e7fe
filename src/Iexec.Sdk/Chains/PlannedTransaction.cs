using Iexec.Ethereum;
using Iexec.Ethereum.Transactions;
using Iexec.Poco.Chain;

namespace Iexec.Sdk.Chains;

/// <summary>A transaction that was checked and can be sent. A null <paramref name="Fees"/> takes what the node suggests when it is sent.</summary>
/// <param name="Purpose">What it does, for a person: <c>deposit 5 nRLC</c>.</param>
/// <param name="Call">Target and data.</param>
/// <param name="ValueWei">The chain's coin that goes with it.</param>
/// <param name="Fees">Fixed when the value was computed from them.</param>
internal sealed record PlannedTransaction(string Purpose, ContractCall Call, UInt256 ValueWei = default, TransactionFees? Fees = null)
{
    /// <summary>Moves the chain's coin.</summary>
    public static PlannedTransaction Transfer(string purpose, Address to, UInt256 valueWei) => new(purpose, new ContractCall(to, []), valueWei);
}
