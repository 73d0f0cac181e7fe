using Iexec.Sdk.Errors;
using Iexec.Sdk.Storage;
using Iexec.Sdk.Wire.Storage;
using Iexec.ServiceDefaults.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace Iexec.Storage.Content;

/// <summary>The two routes of an IPFS node that clients use: <c>/ipfs/{cid}</c> of a gateway and <c>/api/v0/add</c> of Kubo's RPC.</summary>
internal sealed class IpfsGateway(BlobStore blobs, StorageOptions options)
{
    private const int MostFiles = 1000;

    /// <summary>The bytes as they were added. Ranges are served, content never changes under an identifier.</summary>
    public IResult Get(HttpContext context, string cid)
    {
        if (!Cid.TryParse(cid, out var parsed))
        {
            throw new HttpErrorException(StatusCodes.Status400BadRequest, "The path is /ipfs/{cid}: this gateway serves CIDs of version 0");
        }

        if (blobs.Find(parsed) is not { } path)
        {
            throw new HttpErrorException(StatusCodes.Status404NotFound, $"{cid} is not stored here");
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
            throw new HttpErrorException(StatusCodes.Status403Forbidden, "Uploads are closed on this storage.");
        }

        var boundary = MediaTypeHeaderValue.TryParse(context.Request.ContentType, out var type) ? HeaderUtilities.RemoveQuotes(type.Boundary).ToString() : "";
        if (boundary.Length == 0)
        {
            throw new HttpErrorException(StatusCodes.Status400BadRequest, "Expected a multipart form with a file.");
        }

        Limit(context);
        var added = await ReceiveAsync(context, new MultipartReader(boundary, context.Request.Body));
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync(string.Concat(added.Select(file => StorageWire.Serialize(file) + "\n")), context.RequestAborted);
    }

    // Told once all are there: who reads a line believes that the whole went well.
    private async Task<IReadOnlyList<AddedFile>> ReceiveAsync(HttpContext context, MultipartReader reader)
    {
        var added = new List<AddedFile>();
        try
        {
            while (await reader.ReadNextSectionAsync(context.RequestAborted) is { } section)
            {
                added.Add(added.Count < MostFiles
                    ? await ReceiveAsync(section, context.RequestAborted)
                    : throw new HttpErrorException(StatusCodes.Status413PayloadTooLarge, $"A form may have {MostFiles} files."));
            }
        }
        catch (Exception broken) when (IsBrokenForm(broken))
        {
            throw new HttpErrorException(StatusCodes.Status400BadRequest, "The multipart form is malformed or ends early.");
        }

        return added;
    }

    // The reader's own complaints: those of the disk carry the system's number, those of the connection are Kestrel's.
    private static bool IsBrokenForm(Exception error) =>
        error is InvalidDataException || (error.GetType() == typeof(IOException) && error.HResult == new IOException().HResult);

    private async Task<AddedFile> ReceiveAsync(MultipartSection section, CancellationToken cancellationToken)
    {
        try
        {
            var blob = await blobs.ReceiveAsync(section.Body, cancellationToken);
            blobs.Keep(blob);
            var name = section.GetContentDispositionHeader()?.FileName.Value is { Length: > 0 } given ? HeaderUtilities.RemoveQuotes(given).ToString() : blob.Cid.ToString();
            return new AddedFile(name, blob.Cid.ToString(), $"{blob.Length}");
        }
        catch (IexecException error)
        {
            throw new HttpErrorException(StatusCodes.Status413PayloadTooLarge, error.Message);
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
