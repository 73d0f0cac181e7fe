using Iexec.Ethereum;
using Iexec.Ethereum.JsonRpc;
using Iexec.Ethereum.Signing;
using Iexec.Sdk.Chains;
using Iexec.Sdk.Errors;
using Iexec.Sdk.Orders;
using Iexec.Sdk.Secrets;
using Iexec.Sdk.Wire.Market;
using Iexec.Sdk.Wire.Sms;
using Iexec.Sdk.Wire.Storage;

namespace Iexec.Sdk.Modules;

/// <summary>What the modules of one client share: the network, opened when it is first needed, and the wallet.</summary>
internal sealed class Session : IDisposable
{
    private readonly ISigner? _signer;
    private readonly SemaphoreSlim _opening = new(1, 1);
    private readonly SemaphoreSlim _sending = new(1, 1);
    private ChainConnection? _chain;
    private bool _isDisposed;

    public Session(ChainSettings settings, ISigner? signer, IexecOptions options)
    {
        ArgumentNullException.ThrowIfNull(settings, "chain");
        Settings = settings;
        Options = options.Confirmations > 0 ? options : throw new IexecException(ErrorCode.ValidationError, "Confirmations must be at least 1");
        _signer = signer;
        Http = new ServiceHttp(options.Handler is { } given ? new Unowned(given) : new SocketsHttpHandler(), options.Time);
    }

    public ChainSettings Settings { get; }

    public IexecOptions Options { get; }

    /// <exception cref="ObjectDisposedException">The client was disposed.</exception>
    public ServiceHttp Http
    {
        get
        {
            ObjectDisposedException.ThrowIf(_isDisposed, typeof(IexecClient));
            return field;
        }
    }

    /// <summary>Who signs for the wallet.</summary>
    /// <exception cref="IexecException">Web3ProviderSignMessageError: the client has none.</exception>
    public ISigner Signer => _signer ?? throw new IexecException(
        ErrorCode.Web3ProviderSignMessageError,
        "This needs a wallet, and the client has none",
        "Give the constructor of IexecClient an ISigner, for example the PrivateKey of WalletFile.Open(path).Unlock(password).");

    /// <summary>The account that is meant: the one given, or the wallet's.</summary>
    public Address AccountOf(Address? account) => account ?? Signer.Address;

    public MarketClient Market => new(Http.Quick, Settings.RequireIexecGateway(), Options.Time);

    public SmsClient Sms => new(Http.At(Settings.RequireSms()));

    public StorageClient Storage => new(Http.Shared, Settings.RequireIpfsGateway(), Options.Time);

    /// <summary>Where files are uploaded: the node of its own, or else the gateway, which may take them.</summary>
    public StorageClient UploadStorage => new(Http.Shared, Settings.IpfsNode ?? Settings.RequireIpfsGateway(), Options.Time);

    /// <summary>The network. A failed try is forgotten, so that the next call tries again.</summary>
    public async Task<ChainConnection> ConnectAsync(CancellationToken cancellationToken)
    {
        var http = Http;
        if (Volatile.Read(ref _chain) is { } open)
        {
            return open;
        }

        await _opening.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_chain is null)
            {
                Volatile.Write(ref _chain, await ChainConnection.OpenAsync(Settings, http, cancellationToken).ConfigureAwait(false));
            }

            return _chain!;
        }
        finally
        {
            _opening.Release();
        }
    }

    /// <summary>Sends what a plan makes. Two at once would take the same nonce, so the next one waits.</summary>
    public Task<TransactionReceipt> SendAsync(Func<ChainConnection, Address, Task<PlannedTransaction>> plan, CancellationToken cancellationToken) =>
        WithSenderAsync(async (chain, sender) => await sender.SendAsync(await plan(chain, sender.Sender).ConfigureAwait(false), cancellationToken).ConfigureAwait(false), cancellationToken);

    /// <summary>Sends what a plan makes; gives the transaction's hash.</summary>
    public async Task<Bytes32> TransactAsync(Func<ChainConnection, Address, Task<PlannedTransaction>> plan, CancellationToken cancellationToken) =>
        (await SendAsync(plan, cancellationToken).ConfigureAwait(false)).TransactionHash;

    /// <summary>Does something with the wallet's transactions while nobody else sends any.</summary>
    public async Task<T> WithSenderAsync<T>(
        Func<ChainConnection, TransactionSender, Task<T>> send, CancellationToken cancellationToken, Action<Bytes32>? sent = null)
    {
        var signer = Signer;
        var chain = await ConnectAsync(cancellationToken).ConfigureAwait(false);
        await _sending.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await send(chain, new TransactionSender(chain, signer, Options.Confirmations, Options.Time, Options.TransactionSent + sent))
                .ConfigureAwait(false);
        }
        catch (IexecException stopped) when (stopped.InnerException is OperationCanceledException && cancellationToken.IsCancellationRequested)
        {
            // Who cancels a task awaits it as one that was cancelled. Which transaction is out stays in the message.
            throw new OperationCanceledException($"{stopped.Message}. {stopped.Hint}", stopped, cancellationToken);
        }
        finally
        {
            _sending.Release();
        }
    }

    /// <summary>Null when preflight checks are off.</summary>
    public TrustCheck? Trust(ChainConnection chain) => Options.IsPreflightOn ? new TrustCheck(chain.Workerpools, Options.Warn ?? (static _ => { })) : null;

    /// <summary>Null when preflight checks are off.</summary>
    public OrderPreflight? Preflight(ChainConnection chain, CancellationToken cancellationToken) =>
        Trust(chain) is { } trust ? new OrderPreflight(chain, trust, new SecretPreflight(() => Sms, cancellationToken)) : null;

    // The semaphores hold nothing, and who is still waiting for one must find it.
    public void Dispose()
    {
        if (!_isDisposed)
        {
            Http.Dispose();
            _isDisposed = true;
        }
    }

    // The caller's handler outlives the client.
    private sealed class Unowned(HttpMessageHandler inner) : HttpMessageHandler
    {
        private readonly HttpMessageInvoker _invoker = new(inner, disposeHandler: false);

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            _invoker.SendAsync(request, cancellationToken);
    }
}
