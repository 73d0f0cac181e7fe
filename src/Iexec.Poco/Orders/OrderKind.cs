namespace Iexec.Poco.Orders;

/// <summary>The four orders that a deal is matched from.</summary>
public enum OrderKind
{
    /// <summary>Sold by the owner of an application.</summary>
    App,

    /// <summary>Sold by the owner of a dataset.</summary>
    Dataset,

    /// <summary>Sold by the owner of a worker pool.</summary>
    Workerpool,

    /// <summary>Bought by a requester.</summary>
    Request,
}
