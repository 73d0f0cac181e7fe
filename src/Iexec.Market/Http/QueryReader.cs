using Iexec.Ethereum;
using Iexec.Market.Book;
using Iexec.Poco.Orders;
using Iexec.ServiceDefaults.Http;
using Microsoft.AspNetCore.Http;

namespace Iexec.Market.Http;

/// <summary>Typed access to the query of a URL. What is left out gives null; unknown names are ignored.</summary>
internal sealed class QueryReader(IQueryCollection query)
{
    private const int DefaultPageSize = 20;

    public string? Text(string name) => query.TryGetValue(name, out var values) && values.ToString() is { } text && text.Length > 0 ? text : null;

    public string Required(string name) => Text(name) ?? throw YupText.Required(name);

    public UInt256? Number(string name, ulong min = 0, ulong max = YupNumber.MaxSafeInteger) => Text(name) is { } text ? YupNumber.Read(name, text, min, max) : null;

    public Address? Address(string name) => Text(name) is { } text ? YupText.ReadAddress(name, text) : null;

    public Bytes32? Bytes32(string name) => Text(name) is { } text ? YupText.ReadBytes32(name, text) : null;

    public Tag? Tag(string name) => Bytes32(name) is { } value ? new Tag(value) : null;

    public bool Flag(string name) => Text(name) is { } text && YupText.ReadFlag(name, text);

    /// <summary>An address or <c>any</c>, with the flag that makes it strict if there is one.</summary>
    public AddressTerm Term(string name, string? strictName = null)
    {
        var isStrict = strictName is not null && Flag(strictName);
        if (Text(name) is not { } text)
        {
            return AddressTerm.Omitted;
        }

        return YupText.ReadAddressOrAny(name, text) is { } address ? AddressTerm.Of(address, isStrict) : AddressTerm.Any;
    }

    public delegate bool PlaceParser<TPlace>(string text, out TPlace place);

    /// <summary>The place in a listing after which a page begins: the <c>nextAfter</c> of the page before; null for the first.</summary>
    public TPlace? After<TPlace>(PlaceParser<TPlace> tryParse)
        where TPlace : struct
    {
        if (Text("after") is not { } text)
        {
            return null;
        }

        if (Text("pageIndex") is not null || Text("page") is not null)
        {
            throw YupText.Invalid("after excludes pageIndex and page");
        }

        return tryParse(text, out var cursor) ? cursor : throw YupText.Invalid("after must be the nextAfter of a former page");
    }

    /// <summary><c>pageIndex</c> and <c>pageSize</c>; the old <c>page</c>, a number of items to pass over, when neither is there.</summary>
    public Paging Paging()
    {
        var index = Number("pageIndex");
        var size = Number("pageSize", 10, 1000);
        var skip = Number("page");
        if (index is null && size is null && skip is { } items)
        {
            return new Paging((long)items, DefaultPageSize);
        }

        var limit = (int)(size ?? (UInt256)(ulong)DefaultPageSize);
        return new Paging((long)((index ?? UInt256.Zero) * (ulong)limit), limit);
    }
}
