using Iexec.Ethereum;
using Iexec.Poco.Orders;
using Iexec.Sdk.Errors;
using Iexec.Sdk.Orders;
using Iexec.Sdk.Wire.Sms;

namespace Iexec.Sdk.Secrets;

/// <summary>Secrets without which a task will fail, asked of the secret service before an order is signed.</summary>
/// <param name="sms">Called when something has to be asked.</param>
/// <param name="cancellationToken">Stops asking.</param>
internal sealed class SecretPreflight(Func<SmsClient> sms, CancellationToken cancellationToken)
{
    private static readonly Advice Skip = new Advice("Set it at the secret service first. If you consider this is not an issue, skip the check.", Remedy.SkipCheck);

    /// <summary>A dataset that is used inside an enclave is decrypted there.</summary>
    /// <exception cref="IexecException">BusinessError.</exception>
    public Task CheckDatasetAsync(Address dataset, Tag tag) => dataset.IsZero || !tag.Has(Tag.TeeBit)
        ? Task.CompletedTask
        : RequireAsync(
            SecretReference.OfDataset(dataset),
            $"Dataset requirements check failed: Dataset encryption key is not set for dataset {dataset} in the SMS. Dataset decryption will fail.");

    /// <summary>What the params of a request ask for.</summary>
    /// <exception cref="IexecException">ValidationError: the params; BusinessError: a secret that is not set.</exception>
    public async Task CheckRequestAsync(RequestOrder request)
    {
        var parameters = ExecutionParams.Check(request.Params, request.Tag);
        var checks = new List<Task> { CheckDatasetAsync(request.Dataset, request.Tag) };
        if (parameters.ResultEncryption)
        {
            checks.Add(RequireAsync(
                SecretReference.OfWallet(request.Beneficiary, WalletSecretNames.ResultEncryptionKey),
                "Request requirements check failed: Beneficiary result encryption key is not set in the SMS. Result encryption will fail."));
        }

        if (parameters.ResultStorageProvider is { } provider && WalletSecretNames.StorageToken(provider) is { } token)
        {
            checks.Add(RequireAsync(
                SecretReference.OfWallet(request.Requester, token),
                $"Request requirements check failed: Requester storage token is not set for selected provider \"{provider}\". Result archive upload will fail."));
        }

        checks.AddRange(parameters.Secrets.Values.Distinct().Select(name => RequireAsync(
            SecretReference.OfRequester(request.Requester, name),
            $"Request requirements check failed: Requester secret \"{name}\" is not set for requester {request.Requester} in the SMS. Requester secret provisioning will fail.")));
        await Task.WhenAll(checks).ConfigureAwait(false);
    }

    /// <summary>Results are encrypted by what runs inside an enclave. Of another deal they would lie in clear where anybody finds them.</summary>
    /// <exception cref="IexecException">BusinessError: encryption is asked for, and the deal is none of trusted execution.</exception>
    public static void CheckEncryption(OrderSet set)
    {
        var deal = new Poco.Rules.MatchOrders(set.App.Order, set.Dataset.Order, set.Workerpool.Order, set.Request.Order);
        if (!deal.DealTag.Has(Tag.TeeBit) && ExecutionParams.Check(set.Request.Order.Params, set.Request.Order.Tag).ResultEncryption)
        {
            throw new IexecException(
                ErrorCode.BusinessError,
                "Request requirements check failed: Only trusted execution encrypts a result; this one would be stored in clear.",
                new Advice("Ask for the tag of trusted execution. If you consider this is not an issue, skip the check.", Remedy.SkipEncryption));
        }
    }

    private async Task RequireAsync(SecretReference secret, string message)
    {
        if (!await sms().IsSetAsync(secret, cancellationToken).ConfigureAwait(false))
        {
            throw new IexecException(ErrorCode.BusinessError, message, Skip);
        }
    }
}
