using Iexec.Ethereum;
using Iexec.Sdk.Wire.Sms;
using Iexec.ServiceDefaults.Http;
using Iexec.Sms.Secrets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Iexec.Sms.Http;

/// <summary>The routes of the official service. What is wrong with an address or a name is said with 400 before anything is looked up.</summary>
internal static class SecretRoutes
{
    private const string Web3 = "/secrets/web3";
    private const string Web2 = "/secrets/web2";
    private const string App = "/apps/{app}/secrets";
    private const string Requester = "/requesters/{requester}/secrets/{name}";

    private static readonly string[] Head = [HttpMethods.Head];

    public static void Map(IEndpointRouteBuilder routes, SecretGate gate)
    {
        routes.MapMethods(Web3, Head, (HttpContext context, string? secretAddress) => gate.HeadAsync(Dataset(secretAddress), context.RequestAborted));
        routes.MapPost(Web3, (HttpContext context, string? secretAddress) => gate.PostAsync(context, Dataset(secretAddress)));
        routes.MapMethods(
            Web2, Head, (HttpContext context, string? ownerAddress, string? secretName) => gate.HeadAsync(Wallet(ownerAddress, secretName), context.RequestAborted));
        routes.MapPost(Web2, (HttpContext context, string? ownerAddress, string? secretName) => gate.PostAsync(context, Wallet(ownerAddress, secretName)));
        routes.MapPut(Web2, (HttpContext context, string? ownerAddress, string? secretName) => gate.PutAsync(context, Wallet(ownerAddress, secretName)));
        routes.MapMethods(App, Head, (HttpContext context, string app) => gate.HeadAsync(SecretReference.OfApp(ReadAddress(app)), context.RequestAborted));
        routes.MapPost(App, (HttpContext context, string app) => gate.PostAsync(context, SecretReference.OfApp(ReadAddress(app))));
        routes.MapMethods(
            Requester, Head, (HttpContext context, string requester, string name) => gate.HeadAsync(Named(requester, name), context.RequestAborted));
        routes.MapPost(Requester, (HttpContext context, string requester, string name) => gate.PostAsync(context, Named(requester, name)));
    }

    private static SecretReference Dataset(string? address) => SecretReference.OfDataset(ReadAddress(address));

    private static SecretReference Wallet(string? address, string? name) => SecretReference.OfWallet(ReadAddress(address), ReadName(name));

    private static SecretReference Named(string address, string name) => SecretReference.OfRequester(ReadAddress(address), ReadName(name));

    private static Address ReadAddress(string? text) => Address.TryParse(text ?? "", out var address)
        ? address
        : throw new HttpErrorException(StatusCodes.Status400BadRequest, "The address is not a valid ethereum address");

    private static string ReadName(string? text) => text is not null && SecretReference.IsName(text)
        ? text
        : throw new HttpErrorException(StatusCodes.Status400BadRequest, "The secret's name must be 1 to 64 letters, digits, '-' or '_'");
}
