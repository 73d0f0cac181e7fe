using System.Globalization;
using System.Text;

namespace Iexec.Sdk.Wire.Market;

/// <summary>Builds the query part of a URL; what is null is left out.</summary>
internal sealed class QueryText
{
    private readonly StringBuilder _text = new();

    public void Add(string name, string? value)
    {
        if (value is not null)
        {
            _text.Append(_text.Length == 0 ? '?' : '&').Append(name).Append('=').Append(Uri.EscapeDataString(value));
        }
    }

    public void Add(string name, bool value) => Add(name, value ? "true" : "false");

    public void Add(string name, ulong value) => Add(name, value.ToString(CultureInfo.InvariantCulture));

    /// <summary>Where a page begins: a place in the listing, or a number of pages to pass over.</summary>
    public void AddPlace(string? after, int pageIndex)
    {
        if (after is not null)
        {
            Add("after", after);
        }
        else
        {
            Add("pageIndex", (ulong)pageIndex);
        }
    }

    public override string ToString() => _text.ToString();
}
