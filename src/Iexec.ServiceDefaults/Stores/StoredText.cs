using Iexec.Ethereum;

namespace Iexec.ServiceDefaults.Stores;

/// <summary>The text that stands for a value in a column, for SQL written without a parameter object.</summary>
public static class StoredText
{
    /// <summary>64 hexadecimal digits without prefix: sorts like the number.</summary>
    public static string Of(UInt256 value) => Convert.ToHexStringLower(value.ToBytes32().AsSpan());
}
