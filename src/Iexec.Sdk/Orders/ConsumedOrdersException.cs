using Iexec.Poco;

namespace Iexec.Sdk.Orders;

/// <summary>
/// Why a match was refused before it was sent: the book still offers what the chain says is used up. A book is always a block or two behind, and
/// the next offer of it may do.
/// </summary>
/// <param name="hashes">Orders of others of which nothing is left.</param>
internal sealed class ConsumedOrdersException(IReadOnlyList<OrderHash> hashes) : Exception("The book is behind the chain.")
{
    /// <summary>Adds the orders to those that are not to be offered again; false if none of them is new, and then another try gives the same.</summary>
    public bool AddTo(ISet<OrderHash> without) => hashes.Count(without.Add) > 0;
}
