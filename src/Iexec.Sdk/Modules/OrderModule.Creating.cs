using Iexec.Ethereum;
using Iexec.Poco.Orders;
using Iexec.Sdk.Errors;
using Iexec.Sdk.Orders;

namespace Iexec.Sdk.Modules;

public sealed partial class OrderModule
{
    /// <summary>Tasks for a dataset order that is to be usable without end, as bulk processing demands: 2⁵³ − 1.</summary>
    public const ulong InfiniteVolume = (1UL << 53) - 1;

    /// <summary>An offer to run an app, for <see cref="SignAsync"/>. Zero restrictions admit anyone.</summary>
    /// <param name="app">The app.</param>
    /// <param name="priceNrlc">nRLC per task.</param>
    /// <param name="volume">Tasks; null for 1.</param>
    /// <param name="tag">Conditions of the execution.</param>
    /// <param name="datasetRestrict">Only this dataset, or group.</param>
    /// <param name="workerpoolRestrict">Only this pool, or group.</param>
    /// <param name="requesterRestrict">Only this requester, or group.</param>
    /// <exception cref="IexecException">ValidationError: no app, nothing to sell, or a tag that contradicts itself.</exception>
    public static AppOrder CreateAppOrder(
        Address app, UInt256 priceNrlc = default, UInt256? volume = null, Tag tag = default,
        Address datasetRestrict = default, Address workerpoolRestrict = default, Address requesterRestrict = default) => Checked(
        new AppOrder
        {
            App = app, AppPrice = priceNrlc, Volume = volume ?? UInt256.One, Tag = tag,
            DatasetRestrict = datasetRestrict, WorkerpoolRestrict = workerpoolRestrict, RequesterRestrict = requesterRestrict,
        },
        app,
        "app");

    /// <summary>An offer to use a dataset, for <see cref="SignAsync"/>. Zero restrictions admit anyone: name the app that may decrypt it.</summary>
    /// <param name="dataset">The dataset.</param>
    /// <param name="priceNrlc">nRLC per task.</param>
    /// <param name="volume">Tasks; null for 1.</param>
    /// <param name="tag">Conditions of the execution.</param>
    /// <param name="appRestrict">Only this app, or group.</param>
    /// <param name="workerpoolRestrict">Only this pool, or group.</param>
    /// <param name="requesterRestrict">Only this requester, or group.</param>
    /// <exception cref="IexecException">ValidationError: no dataset, nothing to sell, or a tag that contradicts itself.</exception>
    public static DatasetOrder CreateDatasetOrder(
        Address dataset, UInt256 priceNrlc = default, UInt256? volume = null, Tag tag = default,
        Address appRestrict = default, Address workerpoolRestrict = default, Address requesterRestrict = default) => Checked(
        new DatasetOrder
        {
            Dataset = dataset, DatasetPrice = priceNrlc, Volume = volume ?? UInt256.One, Tag = tag,
            AppRestrict = appRestrict, WorkerpoolRestrict = workerpoolRestrict, RequesterRestrict = requesterRestrict,
        },
        dataset,
        "dataset");

    /// <summary>An offer of computing power, for <see cref="SignAsync"/>. Zero restrictions admit anyone.</summary>
    /// <param name="workerpool">The pool.</param>
    /// <param name="category">Number of the category, which bounds the execution time.</param>
    /// <param name="priceNrlc">nRLC per task.</param>
    /// <param name="volume">Tasks; null for 1.</param>
    /// <param name="trust">Highest trust offered; 0 and 1 mean a single execution.</param>
    /// <param name="tag">Conditions of the execution.</param>
    /// <param name="appRestrict">Only this app, or group.</param>
    /// <param name="datasetRestrict">Only this dataset, or group.</param>
    /// <param name="requesterRestrict">Only this requester, or group.</param>
    /// <exception cref="IexecException">ValidationError: no pool, nothing to sell, or a tag that contradicts itself.</exception>
    public static WorkerpoolOrder CreateWorkerpoolOrder(
        Address workerpool, UInt256 category, UInt256 priceNrlc = default, UInt256? volume = null, UInt256 trust = default, Tag tag = default,
        Address appRestrict = default, Address datasetRestrict = default, Address requesterRestrict = default) => Checked(
        new WorkerpoolOrder
        {
            Workerpool = workerpool, Category = category, WorkerpoolPrice = priceNrlc, Volume = volume ?? UInt256.One, Trust = trust, Tag = tag,
            AppRestrict = appRestrict, DatasetRestrict = datasetRestrict, RequesterRestrict = requesterRestrict,
        },
        workerpool,
        "workerpool");

    /// <summary>A request of the wallet, for <see cref="SignAsync"/>. To buy at the market's price, use <see cref="BuyAsync(ExecutionRequest, CancellationToken)"/>.</summary>
    /// <param name="execution">What to run, where and for whom.</param>
    /// <param name="appMaxPriceNrlc">nRLC per task that the app may cost.</param>
    /// <param name="datasetMaxPriceNrlc">nRLC per task that the dataset may cost.</param>
    /// <param name="workerpoolMaxPriceNrlc">nRLC per task that the pool may cost.</param>
    /// <param name="volume">Tasks; null for 1.</param>
    /// <exception cref="IexecException">ValidationError: no app, nothing to buy, params that no worker can run, or a tag that
    /// contradicts itself.</exception>
    public RequestOrder CreateRequestOrder(
        ExecutionRequest execution, UInt256 appMaxPriceNrlc = default, UInt256 datasetMaxPriceNrlc = default, UInt256 workerpoolMaxPriceNrlc = default, UInt256? volume = null)
    {
        ArgumentNullException.ThrowIfNull(execution);
        return Checked(
            execution.ToOrder(_session.Signer.Address) with
            {
                AppMaxPrice = appMaxPriceNrlc, DatasetMaxPrice = datasetMaxPriceNrlc, WorkerpoolMaxPrice = workerpoolMaxPriceNrlc, Volume = volume ?? UInt256.One,
            },
            execution.App,
            "app");
    }

    private static TOrder Checked<TOrder>(TOrder order, Address resource, string name)
        where TOrder : Order
    {
        if (resource.IsZero)
        {
            throw new IexecException(ErrorCode.ValidationError, $"{name} is a required field");
        }

        if (order.Volume.IsZero)
        {
            throw new IexecException(ErrorCode.ValidationError, "volume must be greater than 0");
        }

        try
        {
            TagNames.Check(order.Tag, TagPolicy.AnyFramework);
            return order;
        }
        catch (FormatException wrong)
        {
            throw new IexecException(ErrorCode.ValidationError, wrong.Message, null, wrong);
        }
    }
}
