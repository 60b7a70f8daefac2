// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! What referenda cost, how long they take and what they need: every deposit, period and threshold of
//! governance, after the table by which Picasso's OpenGov ran.
//!
//! Each period has two values, of which the network's tempo chooses. A threshold falls with the part of
//! the decision period that has passed, so that one curve serves both.
//!
//! What a threshold asks for: *approval* is the ayes' part of all votes, weighed by conviction; *support*
//! is the PICA of ayes and abstentions, without conviction, as a part of all that is issued.

use crate::{
	constants::{
		currency::PICA,
		time::{era, DAYS, HOURS, MINUTES},
	},
	*,
};
use alloc::borrow::Cow;
use frame_support::{parameter_types, traits::ConstU32};
use pallet_origins::Origin;
use pallet_referenda::{Curve, Track, TrackInfo};
use pallet_tempo::{NetworkTempo, PerTempo, Tempo};
use sp_runtime::{str_array, FixedI64};

/// Numbers of tracks. They are not used again for another track.
pub mod id {
	/// Decides as root.
	pub const ROOT: u16 = 0;
	/// Dispatches as root what the technical collective has whitelisted.
	pub const WHITELISTED_CALLER: u16 = 1;
	/// Runs what can be undone.
	pub const GENERAL_ADMIN: u16 = 2;
	/// Cancels referenda.
	pub const REFERENDUM_CANCELLER: u16 = 3;
	/// Kills referenda.
	pub const REFERENDUM_KILLER: u16 = 4;
	/// Lets AVSs in, and votes them out.
	pub const AVS_ADMIN: u16 = 10;
	/// Cancels slashes.
	pub const SLASH_ADMIN: u16 = 11;
}

parameter_types! {
	/// What submitting a referendum costs for as long as it is not approved, cancelled or timed out.
	pub const SubmissionDeposit: Balance = 20_000 * PICA;
}

/// A period with its value in production and in development.
type Period<const PRODUCTION: BlockNumber, const DEVELOPMENT: BlockNumber> =
	PerTempo<Runtime, ConstU32<PRODUCTION>, ConstU32<DEVELOPMENT>>;

/// The unit of conviction: a vote that counts once is locked for so long, one that counts six times for
/// 32 times as long.
pub type VoteLockingPeriod = Period<{ 28 * DAYS }, 10>;
/// A referendum whose decision deposit nobody places is over after this.
pub type UndecidingTimeout = Period<{ 14 * DAYS }, { 10 * MINUTES }>;
/// For how long a motion of the technical collective can be voted on.
pub type MotionDuration = Period<{ 3 * DAYS }, { 10 * MINUTES }>;
/// For how long a dispatch that awaits its whitelisting can be made.
pub type WhitelistExpiration = Period<{ 28 * DAYS }, { 30 * MINUTES }>;
/// How often the treasury's block of spends would come; approved ones are paid out when asked for.
pub type SpendPeriod = Period<{ 3 * DAYS }, { 5 * MINUTES }>;
/// For how long an approved payment can be claimed.
pub type PayoutPeriod = Period<{ 30 * DAYS }, { 30 * MINUTES }>;

/// The periods of a track, in blocks.
#[derive(Clone, Copy)]
struct Periods {
	/// Before it can be decided.
	prepare: BlockNumber,
	/// Within which it must be approved.
	decide: BlockNumber,
	/// For which approval and support must hold.
	confirm: BlockNumber,
	/// Between approval and enactment, at the least.
	enact: BlockNumber,
}

impl Periods {
	/// From submission to enactment at the longest, where deposit and room are there at once and the
	/// proposal asks for no later enactment. A confirmation may begin with the last block to decide.
	const fn longest(&self) -> BlockNumber {
		self.prepare + self.decide + self.confirm + self.enact
	}
}

/// The periods of a track in production, and in development.
struct PeriodsPerTempo {
	production: Periods,
	development: Periods,
}

impl PeriodsPerTempo {
	const fn at(&self, tempo: Tempo) -> Periods {
		match tempo {
			Tempo::Production => self.production,
			Tempo::Development => self.development,
		}
	}
}

const ROOT: PeriodsPerTempo = PeriodsPerTempo {
	production: Periods { prepare: DAYS, decide: 10 * DAYS, confirm: DAYS, enact: DAYS },
	development: Periods { prepare: 2, decide: 10, confirm: 2, enact: 2 },
};
const WHITELISTED_CALLER: PeriodsPerTempo = PeriodsPerTempo {
	production: Periods {
		prepare: 10 * MINUTES,
		decide: 10 * DAYS,
		confirm: 30 * MINUTES,
		enact: 10 * MINUTES,
	},
	development: Periods { prepare: 1, decide: 10, confirm: 1, enact: 1 },
};
const GENERAL_ADMIN: PeriodsPerTempo = PeriodsPerTempo {
	production: Periods { prepare: HOURS, decide: 10 * DAYS, confirm: DAYS, enact: DAYS },
	development: Periods { prepare: 1, decide: 10, confirm: 2, enact: 2 },
};
const REFERENDUM_CANCELLER: PeriodsPerTempo = PeriodsPerTempo {
	production: Periods {
		prepare: HOURS,
		decide: 10 * DAYS,
		confirm: 3 * HOURS,
		enact: 10 * MINUTES,
	},
	development: Periods { prepare: 1, decide: 10, confirm: 1, enact: 1 },
};
const REFERENDUM_KILLER: PeriodsPerTempo = REFERENDUM_CANCELLER;
const AVS_ADMIN: PeriodsPerTempo = PeriodsPerTempo {
	production: Periods {
		prepare: HOURS,
		decide: 7 * DAYS,
		confirm: 12 * HOURS,
		enact: era::PRODUCTION,
	},
	development: Periods { prepare: 1, decide: 10, confirm: 2, enact: era::DEVELOPMENT },
};
/// Whoever is to be slashed has its dispute window to be heard: the whole of this must fit in.
const SLASH_ADMIN: PeriodsPerTempo = PeriodsPerTempo {
	production: Periods {
		prepare: 10 * MINUTES,
		decide: 12 * HOURS,
		confirm: HOURS,
		enact: 10 * MINUTES,
	},
	development: Periods { prepare: 1, decide: 5, confirm: 1, enact: 1 },
};

/// The shortest dispute window there may be, in blocks: a referendum of `slash_admin` that is submitted
/// with its beginning is enacted before its end, if its deposit is there and the track has room.
pub type ShortestDisputeWindow = Period<{ DAYS }, { era::DEVELOPMENT }>;

const _: () = {
	assert!(SLASH_ADMIN.production.longest() < DAYS);
	assert!(SLASH_ADMIN.development.longest() < era::DEVELOPMENT);
};

const fn percent(percents: u128) -> FixedI64 {
	FixedI64::from_rational(percents, 100)
}

const fn permille(parts: u128) -> FixedI64 {
	FixedI64::from_rational(parts, 1_000)
}

/// 100 % at first, 80 % after two days of ten, 50 % at the end.
const APPROVAL: Curve = Curve::make_reciprocal(2, 10, percent(80), percent(50), percent(100));
/// The same where a decision takes seven days: 1.875 / (x + 1.5) - 0.25 is 1 at 0, 0.8 at 2/7 and 0.5 at
/// 1. The SDK's search for such a curve ends at a factor of 1, whose curve is at 77.8 % by then.
const AVS_APPROVAL: Curve = Curve::Reciprocal {
	factor: permille(1_875),
	x_offset: permille(1_500),
	y_offset: permille(250).neg(),
};
/// 100 % at first, 60 % after three hours of twelve, 50 % at the end.
const SLASH_APPROVAL: Curve = Curve::make_reciprocal(3, 12, percent(60), percent(50), percent(100));

/// 50 % at first, falling evenly to 0.5 %.
const ROOT_SUPPORT: Curve = Curve::make_linear(10, 10, permille(5), percent(50));
/// 2 % at first, 1 % after an hour of ten days, none at the end.
const WHITELISTED_SUPPORT: Curve =
	Curve::make_reciprocal(1, 10 * 24, percent(1), percent(0), percent(2));
/// 50 % at first, 10 % after five days of ten, none at the end.
const GENERAL_SUPPORT: Curve = Curve::make_reciprocal(5, 10, percent(10), percent(0), percent(50));
/// 10 % at first, 1 % after a day of ten, none at the end.
const REFERENDUM_SUPPORT: Curve =
	Curve::make_reciprocal(1, 10, percent(1), percent(0), percent(10));
/// 25 % at first, 2 % after five days of seven, 0.5 % at the end.
const AVS_SUPPORT: Curve = Curve::make_reciprocal(5, 7, percent(2), permille(5), percent(25));
/// 10 % at first, 1 % after three hours of twelve, 0.1 % at the end.
const SLASH_SUPPORT: Curve = Curve::make_reciprocal(3, 12, percent(1), permille(1), percent(10));

type TrackOf = Track<u16, Balance, BlockNumber>;

const fn track(
	id: u16,
	name: &str,
	max_deciding: u32,
	deposit: Balance,
	periods: Periods,
	min_approval: Curve,
	min_support: Curve,
) -> TrackOf {
	Track {
		id,
		info: TrackInfo {
			name: str_array(name),
			max_deciding,
			decision_deposit: deposit * PICA,
			prepare_period: periods.prepare,
			decision_period: periods.decide,
			confirm_period: periods.confirm,
			min_enactment_period: periods.enact,
			min_approval,
			min_support,
		},
	}
}

/// The tracks, by number.
#[rustfmt::skip]
const fn tracks(tempo: Tempo) -> [TrackOf; 7] {
	// Number, name, deciding at once, deposit in PICA, periods, approval, support.
	[
		track(id::ROOT, "root", 5, 5_000_000, ROOT.at(tempo), APPROVAL, ROOT_SUPPORT),
		track(id::WHITELISTED_CALLER, "whitelisted_caller", 25, 500_000, WHITELISTED_CALLER.at(tempo), APPROVAL, WHITELISTED_SUPPORT),
		track(id::GENERAL_ADMIN, "general_admin", 10, 1_000_000, GENERAL_ADMIN.at(tempo), APPROVAL, GENERAL_SUPPORT),
		track(id::REFERENDUM_CANCELLER, "referendum_canceller", 10, 1_000_000, REFERENDUM_CANCELLER.at(tempo), APPROVAL, REFERENDUM_SUPPORT),
		track(id::REFERENDUM_KILLER, "referendum_killer", 25, 1_000_000, REFERENDUM_KILLER.at(tempo), APPROVAL, REFERENDUM_SUPPORT),
		track(id::AVS_ADMIN, "avs_admin", 50, 100_000, AVS_ADMIN.at(tempo), AVS_APPROVAL, AVS_SUPPORT),
		track(id::SLASH_ADMIN, "slash_admin", 100, 10_000, SLASH_ADMIN.at(tempo), SLASH_APPROVAL, SLASH_SUPPORT),
	]
}

static PRODUCTION: [TrackOf; 7] = tracks(Tempo::Production);
static DEVELOPMENT: [TrackOf; 7] = tracks(Tempo::Development);

/// The tracks at the network's tempo.
pub struct Tracks;

impl pallet_referenda::TracksInfo<Balance, BlockNumber> for Tracks {
	type Id = u16;
	type RuntimeOrigin = OriginCaller;

	fn tracks() -> impl Iterator<Item = Cow<'static, TrackOf>> {
		let tracks = match NetworkTempo::<Runtime>::get() {
			Tempo::Production => &PRODUCTION,
			Tempo::Development => &DEVELOPMENT,
		};
		tracks.iter().map(Cow::Borrowed)
	}

	fn track_for(origin: &OriginCaller) -> Result<u16, ()> {
		match origin {
			OriginCaller::system(frame_system::RawOrigin::Root) => Ok(id::ROOT),
			OriginCaller::Origins(origin) => Ok(match origin {
				Origin::WhitelistedCaller => id::WHITELISTED_CALLER,
				Origin::GeneralAdmin => id::GENERAL_ADMIN,
				Origin::ReferendumCanceller => id::REFERENDUM_CANCELLER,
				Origin::ReferendumKiller => id::REFERENDUM_KILLER,
				Origin::AvsAdmin => id::AVS_ADMIN,
				Origin::SlashAdmin => id::SLASH_ADMIN,
			}),
			_ => Err(()),
		}
	}
}
