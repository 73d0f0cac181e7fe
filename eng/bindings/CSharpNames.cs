using System.Text;

namespace Iexec.Bindings;

/// <summary>Names of the ABI in C# spelling.</summary>
internal static class CSharpNames
{
    private static readonly HashSet<string> Keywords = ["operator", "params", "ref", "from", "event", "string", "base", "lock", "object", "value"];

    /// <summary><c>m_appName</c>, <c>_appName</c> and <c>app_name</c> give <c>AppName</c>.</summary>
    public static string Pascal(string name)
    {
        var text = name.StartsWith("m_", StringComparison.Ordinal) ? name[2..] : name;
        var result = new StringBuilder();
        foreach (var part in text.Split('_', StringSplitOptions.RemoveEmptyEntries))
        {
            result.Append(char.ToUpperInvariant(part[0])).Append(part.AsSpan(1));
        }

        return result.ToString();
    }

    /// <summary>Parameter names; one that the ABI lacks is named by its position.</summary>
    public static string Camel(AbiParameter parameter, int position)
    {
        if (parameter.Name.Length == 0)
        {
            return $"arg{position}";
        }

        var pascal = Pascal(parameter.Name);
        var camel = char.ToLowerInvariant(pascal[0]) + pascal[1..];
        return Keywords.Contains(camel) ? "@" + camel : camel;
    }

    /// <summary><c>RLC</c> gives <c>RlcContract</c>, <c>ERC1967Proxy</c> gives <c>Erc1967ProxyContract</c>.</summary>
    public static string ContractClass(string contract)
    {
        var capitals = contract.TakeWhile(char.IsUpper).Count();
        return capitals < 2 ? contract + "Contract" : contract[0] + contract[1..capitals].ToLowerInvariant() + contract[capitals..] + "Contract";
    }
}
