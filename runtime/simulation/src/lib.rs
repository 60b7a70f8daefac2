// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! Picasso beside a relay chain, Asset Hub, a Bifrost-like chain and a gateway, in one process.
//!
//! ## Who is who
//!
//! ```text
//!            relay (Polkadot)
//!           /       |        \
//!   Asset Hub    Bifrost    gateway ··· glue ··· Picasso
//!     1000         2030       2500
//! ```
//!
//! `xcm-simulator` carries what goes along the full lines. It has no way out of one consensus system,
//! so the glue is the bridge: what is exported at the gateway it brings to the lane, here, of the chain
//! that sent it; what waits on a lane it injects at the gateway under Picasso's universal origin. The
//! parachains are one mock runtime with real XCM configurations, see [`parachain`]; Picasso is the
//! runtime itself.
//!
//! | who | universal location | as Picasso sees it |
//! |---|---|---|
//! | Picasso | `ByGenesis(h)` | `Here` |
//! | relay | `Polkadot` | `(1, Polkadot)` |
//! | Asset Hub | `Polkadot/Parachain(1000)` | `(1, Polkadot/Parachain(1000))` |
//! | Bifrost | `Polkadot/Parachain(2030)` | `(1, Polkadot/Parachain(2030))` |
//!
//! A parachain sees Picasso at `(2, ByGenesis(h))`.
//!
//! ## Which chain is vDOT's reserve
//!
//! vDOT is issued by Bifrost; Asset Hub holds vouchers of it. A user of Asset Hub who restakes vDOT in
//! one message needs the asset and the proof of who they are to arrive together. There are two ways:
//!
//! 1. *Through Bifrost*, if Bifrost is the reserve that governance names. Asset Hub burns its vouchers,
//!    Bifrost moves what backs them to Picasso's account, and tells Picasso. What Picasso then hears, it
//!    hears from Bifrost. `preserve_origin` at the second hop makes Bifrost say "I am this user of Asset
//!    Hub": nobody proved that to Picasso, and whoever believes it lets Bifrost spend in the name of
//!    every user of every chain. So the second hop has to clear the origin, and can do no more than
//!    deposit: into the account of the user's executor, which needs nobody's leave. The program comes
//!    by Asset Hub's own lane. Nothing orders the two lanes, so this takes two messages, the second sent
//!    when the first has arrived.
//! 2. *Straight from Asset Hub*, if Asset Hub is the reserve that governance names. Asset Hub moves its
//!    vouchers to Picasso's account on Asset Hub, says so, and says who sends: a user of its own, which
//!    it may. One message, one lane, one proof. Its price is that Picasso's vDOT is then as good as
//!    Asset Hub's, which is as good as Bifrost's: two reserves to trust instead of one.
//!
//! One message is what users are promised, so the simulation registers vDOT with reserve Asset Hub. That a
//! reserve is a governed fact, and nothing to be read off a location, is what makes the choice possible. The
//! first way is tested too, in its two messages.

#[cfg(test)]
mod asset_hub;
#[cfg(test)]
mod bifrost;
#[cfg(test)]
mod books;
#[cfg(test)]
mod gateway;
#[cfg(test)]
mod glue;
#[cfg(test)]
mod network;
#[cfg(test)]
mod parachain;
#[cfg(test)]
mod picasso;
#[cfg(test)]
mod places;
#[cfg(test)]
mod relay;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod users;
