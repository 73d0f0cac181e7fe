using System.Text.Json.Serialization;
using Iexec.Ethereum;
using Iexec.Poco;

namespace Iexec.Sdk.Wire.Market;

/// <summary>An asset of a deal; nRLC per task.</summary>
/// <param name="Pointer">The asset; the null address where a deal has none.</param>
/// <param name="Owner">Its owner when the deal was made.</param>
/// <param name="Price">nRLC per task.</param>
public sealed record MarketDealResource(
    [property: JsonPropertyName("pointer")] Address Pointer,
    [property: JsonPropertyName("owner")] Address Owner,
    [property: JsonPropertyName("price"), JsonConverter(typeof(JsonNumberConverter))] UInt256 Price);

/// <summary>A deal as the gateway lists it: what <c>viewDeal</c> says, the orders it was made of, and where it stands on the chain.</summary>
public sealed record MarketDeal
{
    /// <summary>The deal.</summary>
    [JsonPropertyName("dealid")]
    public Bytes32 DealId { get; init; }

    /// <summary>The chain.</summary>
    [JsonPropertyName("chainId")]
    public ulong ChainId { get; init; }

    /// <summary>The application.</summary>
    [JsonPropertyName("app")]
    public required MarketDealResource App { get; init; }

    /// <summary>The dataset; null address without one.</summary>
    [JsonPropertyName("dataset")]
    public required MarketDealResource Dataset { get; init; }

    /// <summary>The worker pool.</summary>
    [JsonPropertyName("workerpool")]
    public required MarketDealResource Workerpool { get; init; }

    /// <summary>Who bought.</summary>
    [JsonPropertyName("requester")]
    public Address Requester { get; init; }

    /// <summary>Who owns the results.</summary>
    [JsonPropertyName("beneficiary")]
    public Address Beneficiary { get; init; }

    /// <summary>Contract that receives the results; null address for none.</summary>
    [JsonPropertyName("callback")]
    public Address Callback { get; init; }

    /// <summary>The app order.</summary>
    [JsonPropertyName("appHash")]
    public Bytes32 AppHash { get; init; }

    /// <summary>The dataset order; zero without one.</summary>
    [JsonPropertyName("datasetHash")]
    public Bytes32 DatasetHash { get; init; }

    /// <summary>The workerpool order.</summary>
    [JsonPropertyName("workerpoolHash")]
    public Bytes32 WorkerpoolHash { get; init; }

    /// <summary>The request order.</summary>
    [JsonPropertyName("requestHash")]
    public Bytes32 RequestHash { get; init; }

    /// <summary>Execution parameters, as signed.</summary>
    [JsonPropertyName("params")]
    public string Params { get; init; } = "";

    /// <summary>Number of tasks.</summary>
    [JsonPropertyName("volume"), JsonConverter(typeof(JsonNumberConverter))]
    public UInt256 Volume { get; init; }

    /// <summary>The category.</summary>
    [JsonPropertyName("category"), JsonConverter(typeof(JsonNumberConverter))]
    public UInt256 Category { get; init; }

    /// <summary>Conditions of the execution.</summary>
    [JsonPropertyName("tag")]
    public Bytes32 Tag { get; init; }

    /// <summary>Trust bought.</summary>
    [JsonPropertyName("trust"), JsonConverter(typeof(JsonNumberConverter))]
    public UInt256 Trust { get; init; }

    /// <summary>Unix seconds of the chain.</summary>
    [JsonPropertyName("startTime")]
    public ulong StartTime { get; init; }

    /// <summary>Index of the first task.</summary>
    [JsonPropertyName("botFirst")]
    public ulong BotFirst { get; init; }

    /// <summary>Number of tasks.</summary>
    [JsonPropertyName("botSize")]
    public ulong BotSize { get; init; }

    /// <summary>Percent of the reward that the scheduler keeps.</summary>
    [JsonPropertyName("schedulerRewardRatio"), JsonConverter(typeof(JsonNumberConverter))]
    public UInt256 SchedulerRewardRatio { get; init; }

    /// <summary>nRLC that a worker stakes per task.</summary>
    [JsonPropertyName("workerStake"), JsonConverter(typeof(JsonNumberConverter))]
    public UInt256 WorkerStake { get; init; }

    /// <summary>Block of the match.</summary>
    [JsonPropertyName("blockNumber")]
    public ulong BlockNumber { get; init; }

    /// <summary>Time of that block.</summary>
    [JsonPropertyName("blockTimestamp"), JsonConverter(typeof(IsoTimeConverter))]
    public DateTimeOffset BlockTimestamp { get; init; }

    /// <summary>Transaction of the match.</summary>
    [JsonPropertyName("transactionHash")]
    public Bytes32 TransactionHash { get; init; }

    /// <summary>The deal's id as the protocol's type.</summary>
    [JsonIgnore]
    public DealId Id => new(DealId);
}
