using System.Globalization;
using Dapper;
using Iexec.Poco;

namespace Iexec.Market.Deals;

/// <summary>
/// A place in a listing of deals: block and id of the last one seen. New deals come before it, so unlike a page's number it stays where it is. Its text is
/// <c>blockNumber_dealid</c>.
/// </summary>
internal readonly record struct DealCursor(long BlockNumber, DealId Id)
{
    public static bool TryParse(string text, out DealCursor cursor)
    {
        cursor = default;
        if (text.Split('_') is not [var block, var id] || !long.TryParse(block, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            || !DealId.TryParse(id, out var deal))
        {
            return false;
        }

        cursor = new DealCursor(number, deal);
        return true;
    }

    /// <summary>What comes later in the listing, in SQL.</summary>
    public string Where(DynamicParameters parameters)
    {
        parameters.Add("AfterBlock", BlockNumber);
        parameters.Add("AfterDeal", Id.Value);
        return "(block_number < @AfterBlock OR (block_number = @AfterBlock AND deal_id > @AfterDeal))";
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{BlockNumber}_{Id}");
}
