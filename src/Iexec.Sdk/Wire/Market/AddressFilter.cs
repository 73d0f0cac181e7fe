using Iexec.Ethereum;

namespace Iexec.Sdk.Wire.Market;

/// <summary>
/// How a listing treats a restriction. <see cref="Unrestricted"/> (the default): only orders without that restriction; an address: those and
/// the orders restricted to it; <see cref="Any"/>: all.
/// </summary>
public readonly record struct AddressFilter
{
    private readonly string? _text;

    private AddressFilter(string text) => _text = text;

    /// <summary>Leaves the parameter out.</summary>
    public static AddressFilter Unrestricted => default;

    /// <summary>No filter.</summary>
    public static AddressFilter Any { get; } = new("any");

    /// <summary>An address.</summary>
    public static AddressFilter Of(Address address) => new(address.ToString());

    /// <summary>An address.</summary>
    public static implicit operator AddressFilter(Address address) => Of(address);

    /// <summary>The parameter's value; null to leave it out.</summary>
    public string? Text => _text;
}
