namespace Iexec.Sdk.Wire.Market;

/// <summary>Where an order stands in the book.</summary>
public enum OrderStatus
{
    /// <summary>Can be matched.</summary>
    Open,

    /// <summary>Its volume is used up.</summary>
    Filled,

    /// <summary>Its signer closed it on the chain.</summary>
    Canceled,

    /// <summary>Cannot be matched any more: the stake does not cover it, the asset changed hands, or nothing is left that it could match.</summary>
    Dead,
}

/// <summary>The status on the wire.</summary>
internal static class OrderStatusText
{
    /// <summary><c>open</c>, <c>filled</c>, <c>canceled</c>, <c>dead</c>.</summary>
    public static string ToText(this OrderStatus status) => status switch
    {
        OrderStatus.Open => "open",
        OrderStatus.Filled => "filled",
        OrderStatus.Canceled => "canceled",
        _ => "dead",
    };

    /// <summary>Reads the text.</summary>
    public static bool TryParse(string? text, out OrderStatus status)
    {
        status = text switch { "open" => OrderStatus.Open, "filled" => OrderStatus.Filled, "canceled" => OrderStatus.Canceled, _ => OrderStatus.Dead };
        return status != OrderStatus.Dead || text == "dead";
    }
}
