using Iexec.Ethereum;
using Iexec.Ethereum.Crypto;
using Iexec.Ethereum.Signing;
using Iexec.Ethereum.Transactions;
using Iexec.Sdk.Errors;
using Iexec.Sdk.Wallets;
using Iexec.Sdk.Wire.Auth;
using Iexec.Testing;
using Xunit;

namespace Tests.Unit.Sdk.Client;

/// <summary>A signer that the client does not know is asked for everything, and believed in nothing.</summary>
public sealed class ForeignSignerTests
{
    private static readonly Address Account = Address.Parse("0x00000000000000000000000000000000000a11ce");
    private static readonly ChallengeDocument Challenge = new("iExec Gateway", 1, "x");
    private static readonly TransactionRequest Transfer = new(1, 0, Account, 1, default, 21_000, new TransactionFees.Legacy(1));

    [Fact]
    public async Task A_no_of_the_owner_is_told_from_a_failure()
    {
        var no = new Answering(_ => throw new SigningDeclinedException("Declined on the device"));
        var declined = await RefusedAsync(ErrorCode.Web3ProviderSignMessageError, () => AuthorizationToken.CreateAsync(Challenge, no, default));
        Assert.Equal((true, true, false, "Declined on the device"), (declined.IsUserRejection, declined.IsWeb3ProviderError, declined.IsApiCallError, declined.Message));
        Assert.True((await RefusedAsync(ErrorCode.Web3ProviderSendError, () => no.SignTransactionAsync(Transfer, default).AsTask())).IsUserRejection);

        var broken = new Answering(_ => throw new HttpRequestException("503"));
        var failed = await RefusedAsync(ErrorCode.Web3ProviderSignMessageError, () => broken.SignMessageAsync(new byte[32], default).AsTask());
        Assert.Equal((false, $"The signer of {Account} did not sign: 503"), (failed.IsUserRejection, failed.Message));
    }

    [Fact]
    public async Task A_signature_of_another_account_or_over_something_else_is_not_used()
    {
        using var other = PrivateKey.Generate(new SeededEntropy(3));
        var stranger = new Answering(request => other.Sign(request.Digest));
        await RefusedAsync(ErrorCode.Web3ProviderSignMessageError, () => AuthorizationToken.CreateAsync(Challenge, stranger, default));
        await RefusedAsync(ErrorCode.Web3ProviderSendError, () => stranger.SignTransactionAsync(Transfer, default).AsTask());
        var careless = new Answering(_ => other.Sign(Keccak256.Hash("else")), other.Address);
        await RefusedAsync(ErrorCode.Web3ProviderSendError, () => careless.SignTransactionAsync(Transfer, default).AsTask());
        var empty = new Answering(_ => default, other.Address);
        await RefusedAsync(ErrorCode.Web3ProviderSignMessageError, () => empty.SignMessageAsync(default, default).AsTask());
    }

    [Fact]
    public async Task A_wait_for_a_device_can_be_given_up()
    {
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        var waiting = new Answering(_ => throw new OperationCanceledException(cancelled.Token));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting.SignTransactionAsync(Transfer, cancelled.Token).AsTask());
    }

    private static async Task<IexecException> RefusedAsync(ErrorCode code, Func<Task> act)
    {
        var refused = await Assert.ThrowsAsync<IexecException>(act);
        Assert.Equal(code, refused.Code);
        return refused;
    }

    private sealed class Answering(Func<SigningRequest, Signature> answer, Address? account = null) : ISigner
    {
        public Address Address => account ?? Account;

        public ValueTask<Signature> SignAsync(SigningRequest request, CancellationToken cancellationToken) => new(answer(request));
    }
}
