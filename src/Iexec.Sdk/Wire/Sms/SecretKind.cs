namespace Iexec.Sdk.Wire.Sms;

/// <summary>What a secret belongs to; the names are those of the original service.</summary>
internal enum SecretKind
{
    /// <summary>A dataset's key. Written once, by the dataset's owner.</summary>
    Web3,

    /// <summary>A named value of a wallet, e.g. a storage token. Its owner can replace it.</summary>
    Web2,

    /// <summary>The developer's secret of an app. Written once, by the app's owner.</summary>
    App,

    /// <summary>A named value that a requester's executions may receive. Written once.</summary>
    Requester,
}
