using System.Buffers;
using System.Text;
using System.Text.Json;
using Iexec.Ethereum;
using Iexec.Poco;
using Iexec.Poco.Orders;
using Iexec.Poco.Rules;
using Iexec.Sdk.Wire.Market;
using Iexec.ServiceDefaults.Http;

namespace Iexec.Market.Book;

/// <summary>Makes the book's view of a signed order.</summary>
internal static class BookOrderFactory
{
    /// <summary>A dataset order is for bulk processing if it is free and its volume is at least 2⁵³−2, the largest that JavaScript counts to but one.</summary>
    private static readonly UInt256 BulkVolume = 9007199254740990UL;

    public static BookOrder Create<TOrder>(OrderSchema<TOrder> schema, Signed<TOrder> signed, OrderHash hash, Address signer, DateTimeOffset now)
        where TOrder : Order
    {
        var common = new BookOrder
        {
            Hash = hash,
            Kind = signed.Order.Kind,
            Signer = signer,
            Volume = signed.Order.Volume,
            Remaining = signed.Order.Volume,
            Price = default,
            LockPerTask = default,
            Tag = signed.Order.Tag,
            PublishedAt = now,
            OrderJson = Json(schema, signed),
        };
        return signed.Order switch
        {
            AppOrder app => common with
            {
                Price = app.AppPrice,
                App = app.App,
                Dataset = app.DatasetRestrict,
                Workerpool = app.WorkerpoolRestrict,
                Requester = app.RequesterRestrict,
            },
            DatasetOrder dataset => common with
            {
                Price = dataset.DatasetPrice,
                Dataset = dataset.Dataset,
                App = dataset.AppRestrict,
                Workerpool = dataset.WorkerpoolRestrict,
                Requester = dataset.RequesterRestrict,
                IsBulk = dataset.DatasetPrice.IsZero && dataset.Volume >= BulkVolume,
            },
            WorkerpoolOrder pool => common with
            {
                Price = pool.WorkerpoolPrice,
                LockPerTask = Stakes.SchedulerPerTask(pool.WorkerpoolPrice),
                Category = pool.Category,
                Trust = pool.Trust,
                Workerpool = pool.Workerpool,
                App = pool.AppRestrict,
                Dataset = pool.DatasetRestrict,
                Requester = pool.RequesterRestrict,
            },
            RequestOrder request => common with
            {
                Price = request.WorkerpoolMaxPrice,
                LockPerTask = request.AppMaxPrice + request.DatasetMaxPrice + request.WorkerpoolMaxPrice,
                Category = request.Category,
                Trust = request.Trust,
                App = request.App,
                Dataset = request.Dataset,
                Workerpool = request.Workerpool,
                Requester = request.Requester,
                Beneficiary = request.Beneficiary,
                AppMaxPrice = request.AppMaxPrice,
                DatasetMaxPrice = request.DatasetMaxPrice,
            },
            _ => throw new ArgumentException($"No such order: {signed.Order.GetType()}", nameof(signed)),
        };
    }

    private static string Json<TOrder>(OrderSchema<TOrder> schema, Signed<TOrder> signed)
        where TOrder : Order
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var writer = new Utf8JsonWriter(buffer, JsonOutput.Options))
        {
            PublishedOrderJson.WriteSigned(writer, schema, signed);
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
