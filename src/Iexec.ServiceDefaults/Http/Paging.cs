namespace Iexec.ServiceDefaults.Http;

/// <summary>A window over an ordered result: rows to pass over and rows to give.</summary>
public readonly record struct Paging(long Skip, int Limit)
{
    /// <summary>What the reply says about the next page: the rows passed so far if this page is full, else null.</summary>
    public long? NextPage(int returned) => returned == Limit ? Skip + Limit : null;
}
