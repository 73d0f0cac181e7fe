using Iexec.Sdk.Errors;
using Iexec.Sdk.Storage;
using Iexec.Sdk.Wire.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace Iexec.Storage.Content;

/// <summary>The two routes of an IPFS node that clients use: <c>/ipfs/{cid}</c> of a gateway and <c>/api/v0/add</c> of Kubo's RPC.</summary>
internal sealed class IpfsGateway(BlobStore blobs, StorageOptions options)
{
    /// <summary>The bytes as they were added. Ranges are served, content never changes under an identifier.</summary>
    public IResult Get(HttpContext context, string cid)
    {
        if (!Cid.TryParse(cid, out var parsed))
        {
            return Results.Text($"invalid path \"/ipfs/{cid}\": this gateway serves CIDs of version 0", statusCode: StatusCodes.Status400BadRequest);
        }

        if (blobs.Find(parsed) is not { } path)
        {
            return Results.Text($"{cid} is not stored here", statusCode: StatusCodes.Status404NotFound);
        }

        // The bytes are a stranger's: a browser must neither guess their type nor run them under this origin.
        context.Response.Headers.XContentTypeOptions = "nosniff";
        context.Response.Headers.ContentSecurityPolicy = "sandbox";
        context.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
        return Results.File(path, "application/octet-stream", enableRangeProcessing: true, entityTag: new EntityTagHeaderValue($"\"{cid}\""));
    }

    /// <summary>Adds the files of a multipart form; one JSON line each, as Kubo answers.</summary>
    public async Task AddAsync(HttpContext context)
    {
        if (!options.AllowUploads)
        {
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
            await context.Response.WriteAsync("Uploads are closed on this storage.", context.RequestAborted);
            return;
        }

        var boundary = MediaTypeHeaderValue.TryParse(context.Request.ContentType, out var type) ? HeaderUtilities.RemoveQuotes(type.Boundary).ToString() : "";
        if (boundary.Length == 0)
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            await context.Response.WriteAsync("Expected a multipart form with a file.", context.RequestAborted);
            return;
        }

        Limit(context);
        context.Response.ContentType = "application/json";
        var reader = new MultipartReader(boundary, context.Request.Body);
        while (await reader.ReadNextSectionAsync(context.RequestAborted) is { } section)
        {
            await AddSectionAsync(context, section);
        }
    }

    private async Task AddSectionAsync(HttpContext context, MultipartSection section)
    {
        try
        {
            var blob = await blobs.ReceiveAsync(section.Body, context.RequestAborted);
            blobs.Keep(blob);
            var name = section.GetContentDispositionHeader()?.FileName.Value is { Length: > 0 } given ? HeaderUtilities.RemoveQuotes(given).ToString() : blob.Cid.ToString();
            await context.Response.WriteAsync(StorageWire.Serialize(new AddedFile(name, blob.Cid.ToString(), $"{blob.Length}")) + "\n", context.RequestAborted);
        }
        catch (IexecException error) when (!context.Response.HasStarted)
        {
            context.Response.StatusCode = StatusCodes.Status413PayloadTooLarge;
            await context.Response.WriteAsync(error.Message, context.RequestAborted);
        }
    }

    // The store counts bytes itself; Kestrel's limit would answer with a reset connection instead of words.
    private static void Limit(HttpContext context)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } feature)
        {
            feature.MaxRequestBodySize = null;
        }
    }
}
