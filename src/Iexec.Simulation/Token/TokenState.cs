using System.Collections.Immutable;
using Iexec.Ethereum;

namespace Iexec.Simulation.Token;

/// <summary>The RLC outside the hub, in nRLC.</summary>
public sealed record TokenState
{
    /// <summary>Before anybody holds anything.</summary>
    public static TokenState Empty { get; } = new();

    /// <summary>nRLC in existence.</summary>
    public UInt256 TotalSupply { get; init; }

    /// <summary>nRLC held.</summary>
    public ImmutableDictionary<Address, UInt256> Balances { get; init; } = ImmutableDictionary<Address, UInt256>.Empty;

    /// <summary>nRLC that a spender may still take from an owner.</summary>
    public ImmutableDictionary<(Address Owner, Address Spender), UInt256> Allowances { get; init; } =
        ImmutableDictionary<(Address Owner, Address Spender), UInt256>.Empty;

    /// <summary>How many permits of an owner were used (EIP-2612).</summary>
    public ImmutableDictionary<Address, UInt256> Nonces { get; init; } = ImmutableDictionary<Address, UInt256>.Empty;

    /// <summary>nRLC that an account holds.</summary>
    public UInt256 BalanceOf(Address account) => Balances.GetValueOrDefault(account);

    /// <summary>The state with more, or less, held by an account.</summary>
    public TokenState WithBalance(Address account, UInt256 balance) => this with { Balances = Balances.SetItem(account, balance) };
}
